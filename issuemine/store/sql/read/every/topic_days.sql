SELECT * FROM topic_days ORDER BY topic_id, day
