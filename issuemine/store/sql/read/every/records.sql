SELECT * FROM records ORDER BY record_id
