SELECT * EXCLUDE (day, pending, counted, fingerprint)
FROM records
WHERE pending AND NOT counted AND day <= $as_of
ORDER BY record_id
LIMIT $rows
