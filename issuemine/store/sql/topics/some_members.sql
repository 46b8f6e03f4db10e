-- Some members of each chosen topic: enough to name it by. Those that people moved there from another
-- space have no vector in this one.
SELECT m.mention_id, b.topic_id
FROM members AS b
SEMI JOIN chosen USING (topic_id)
JOIN mentions AS m USING (mention_id)
WHERE m.space = $space
QUALIFY row_number() OVER (PARTITION BY b.topic_id ORDER BY md5(m.mention_id)) <= $most
ORDER BY m.mention_id
