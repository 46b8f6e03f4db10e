SELECT a.topic_id, m.day, count(DISTINCT m.record_id) AS records
FROM shown_assignments AS a
JOIN mentions AS m USING (mention_id)
WHERE m.day <= $as_of
GROUP BY a.topic_id, m.day
ORDER BY a.topic_id, m.day
