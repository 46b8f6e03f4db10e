SELECT topic_id, other_id, score FROM topic_links ORDER BY topic_id, other_id
