-- Mentions that are counted under another topic than the one that they are in.
SELECT count(*)
FROM mentions AS m
LEFT JOIN members AS b USING (mention_id)
LEFT JOIN assignments AS a USING (mention_id)
WHERE m.day <= $as_of AND b.topic_id IS DISTINCT FROM a.topic_id
