-- Mentions of those named that are there, with their text's hash, space and present topic.
SELECT m.mention_id, m.text_hash, m.space, b.topic_id
FROM mentions AS m
SEMI JOIN said USING (mention_id)
LEFT JOIN members AS b USING (mention_id)
ORDER BY m.mention_id
