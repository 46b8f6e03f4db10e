SELECT topic_id, shown_id FROM topic_aliases ORDER BY topic_id
