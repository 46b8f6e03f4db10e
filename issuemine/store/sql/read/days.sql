-- Records a day of the topics asked for, days without records left out.
SELECT topic_id, day, records
FROM topic_days
WHERE list_contains($topics, topic_id) AND day BETWEEN $first AND $last
ORDER BY topic_id, day
