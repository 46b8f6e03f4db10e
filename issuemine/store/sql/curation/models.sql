SELECT t.topic_id, t.space, t.encoder, len(t.found_centre) AS dim
FROM topic_models AS t
SEMI JOIN chosen USING (topic_id)
WHERE NOT t.retired
ORDER BY CAST(t.topic_id[2:] AS INTEGER)
