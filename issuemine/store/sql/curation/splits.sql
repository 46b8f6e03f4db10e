SELECT event_id, topic_id FROM split_topics ORDER BY event_id
