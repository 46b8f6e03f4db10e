-- Centres of the topics that are shown, by space; those of other encoders are of models that went.
SELECT m.topic_id, m.space, m.total
FROM topic_models AS m
JOIN topics AS t USING (topic_id)
WHERE NOT m.retired AND NOT t.retired AND m.topic_id NOT IN (SELECT topic_id FROM topic_aliases)
QUALIFY row_number() OVER (PARTITION BY m.topic_id ORDER BY m.mentions DESC, m.encoder) = 1
ORDER BY CAST(m.topic_id[2:] AS INTEGER)
