SELECT topic_id, found_centre
FROM topic_models
WHERE space = $space AND encoder = $encoder AND retired
ORDER BY CAST(topic_id[2:] AS INTEGER)
