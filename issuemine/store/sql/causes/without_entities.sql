-- Records whose entities are not known as their text is now and by the patterns in force.
SELECT record_id, content_hash, text
FROM records
ANTI JOIN (SELECT * FROM record_entities WHERE revision = $revision) AS known USING (record_id, content_hash)
LIMIT $rows
