INSERT INTO members BY NAME SELECT mention_id, topic_id FROM found
