INSERT INTO topic_aliases BY NAME SELECT * FROM said
