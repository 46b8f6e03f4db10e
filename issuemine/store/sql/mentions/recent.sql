-- Mentions of the residual window and those of them without a topic.
SELECT count(*) AS recent, count(*) FILTER (WHERE b.topic_id IS NULL) AS unassigned
FROM mentions AS m
LEFT JOIN members AS b USING (mention_id)
WHERE m.settled AND m.space = $space AND m.day > $after AND m.day <= $as_of
