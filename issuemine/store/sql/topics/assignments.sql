SELECT a.mention_id, a.topic_id
FROM assignments AS a
JOIN topics AS t USING (topic_id)
WHERE t.space = $space
ORDER BY a.mention_id
