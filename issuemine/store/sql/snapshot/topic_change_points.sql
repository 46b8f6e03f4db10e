SELECT * FROM topic_change_points ORDER BY topic_id, day
