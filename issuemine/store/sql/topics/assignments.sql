SELECT mention_id, topic_id FROM assignments ORDER BY mention_id
