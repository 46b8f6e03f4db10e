INSERT INTO topic_states BY NAME SELECT * FROM found
