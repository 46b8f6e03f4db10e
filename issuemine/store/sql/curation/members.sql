-- Members of some topics that people have not placed themselves.
SELECT m.mention_id, m.space, b.topic_id
FROM members AS b
SEMI JOIN chosen USING (topic_id)
JOIN mentions AS m USING (mention_id)
ANTI JOIN curated_mentions USING (mention_id)
ORDER BY m.mention_id
