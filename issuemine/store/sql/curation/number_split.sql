INSERT INTO split_topics VALUES ($event_id, $topic_id)
