SELECT * FROM topic_sequences LIMIT 0
