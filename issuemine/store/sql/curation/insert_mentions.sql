INSERT INTO curated_mentions BY NAME SELECT mention_id, topic_id, source FROM said
