SELECT * EXCLUDE (content_hash, pending, counted)
FROM records
WHERE day <= $as_of
ORDER BY day, record_id
