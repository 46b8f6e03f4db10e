SELECT *
FROM topic_models
WHERE space = $space AND encoder = $encoder AND NOT retired
ORDER BY CAST(topic_id[2:] AS INTEGER)
