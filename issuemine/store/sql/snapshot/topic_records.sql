-- A record counts once per topic, on the day of its creation.
SELECT topic_id, record_id, day, count(*) AS mentions, max(similarity) AS similarity
FROM building.mentions
WHERE topic_id IS NOT NULL
GROUP BY topic_id, record_id, day
ORDER BY topic_id, day, record_id
