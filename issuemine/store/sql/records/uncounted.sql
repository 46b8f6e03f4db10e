SELECT * EXCLUDE (day, pending, counted)
FROM records
WHERE pending AND NOT counted AND day <= $as_of
ORDER BY record_id
LIMIT $rows
