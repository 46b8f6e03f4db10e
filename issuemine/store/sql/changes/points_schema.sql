SELECT * FROM topic_change_points LIMIT 0
