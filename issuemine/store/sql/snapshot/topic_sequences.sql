SELECT * FROM topic_sequences ORDER BY place
