-- Every mention of a space that people have not placed themselves, with its present topic, and whether a
-- night has looked at it before.
SELECT m.mention_id, m.record_id, m.day, m.settled, b.topic_id
FROM mentions AS m
LEFT JOIN members AS b USING (mention_id)
ANTI JOIN curated_mentions USING (mention_id)
WHERE m.space = $space AND m.day <= $as_of
ORDER BY m.mention_id
