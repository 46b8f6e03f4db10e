DELETE FROM topic_models WHERE topic_id IN (SELECT topic_id FROM fresh)
