SELECT * FROM topic_changes LIMIT 0
