-- Settled mentions and records of each present topic; those without a topic have none.
SELECT b.topic_id, count(*) AS mentions, count(DISTINCT m.record_id) AS records
FROM mentions AS m
LEFT JOIN members AS b USING (mention_id)
WHERE m.settled AND m.space = $space AND m.day <= $as_of
GROUP BY b.topic_id
ORDER BY b.topic_id
