SELECT * EXCLUDE (day, pending)
FROM records
WHERE pending
ORDER BY record_id
LIMIT $rows
