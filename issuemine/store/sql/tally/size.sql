SELECT count(*) FROM records
