-- A record counts once per topic, on the day of its creation.
SELECT a.topic_id, m.record_id, m.day, count(*) AS mentions, max(a.similarity) AS similarity
FROM shown_assignments AS a
JOIN mentions AS m USING (mention_id)
WHERE m.day <= $as_of
GROUP BY a.topic_id, m.record_id, m.day
ORDER BY a.topic_id, m.day, m.record_id
