-- A row that reads otherwise and says the same: known from now on.
UPDATE records
SET fingerprint = incoming.fingerprint
FROM incoming
WHERE records.record_id = incoming.record_id
  AND records.content_hash = incoming.content_hash
  AND records.fingerprint IS DISTINCT FROM incoming.fingerprint
