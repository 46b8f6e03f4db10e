SELECT topic_id, x, y FROM topic_places ORDER BY topic_id
