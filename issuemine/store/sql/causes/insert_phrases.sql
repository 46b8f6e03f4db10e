INSERT INTO topic_phrases BY NAME SELECT * FROM found
