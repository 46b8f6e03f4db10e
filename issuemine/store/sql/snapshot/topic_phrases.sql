SELECT * FROM topic_phrases ORDER BY topic_id, place
