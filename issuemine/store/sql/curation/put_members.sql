INSERT INTO members BY NAME SELECT mention_id, topic_id FROM said WHERE topic_id IS NOT NULL
