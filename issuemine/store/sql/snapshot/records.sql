SELECT * EXCLUDE (content_hash, pending, counted, fingerprint)
FROM records
WHERE day <= $as_of
