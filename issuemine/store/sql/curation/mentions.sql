SELECT mention_id, topic_id, source FROM curated_mentions ORDER BY mention_id
