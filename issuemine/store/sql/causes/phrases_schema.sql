SELECT * FROM topic_phrases LIMIT 0
