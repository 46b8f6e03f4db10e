SELECT * FROM topic_changes ORDER BY topic_id, day, place
