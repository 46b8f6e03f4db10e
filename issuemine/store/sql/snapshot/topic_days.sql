SELECT topic_id, day, count(*) AS records
FROM building.topic_records
GROUP BY topic_id, day
ORDER BY topic_id, day
