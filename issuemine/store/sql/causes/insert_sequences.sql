INSERT INTO topic_sequences BY NAME SELECT * FROM found
