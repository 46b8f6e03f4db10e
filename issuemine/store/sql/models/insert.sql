INSERT INTO topic_models BY NAME SELECT * FROM fresh
