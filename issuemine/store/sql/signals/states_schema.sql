SELECT * FROM topic_states LIMIT 0
