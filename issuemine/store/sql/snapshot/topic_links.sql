SELECT topic_id, other_id, score, terms FROM topic_links ORDER BY topic_id, score DESC, other_id
