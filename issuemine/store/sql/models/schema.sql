SELECT * FROM topic_models LIMIT 0
