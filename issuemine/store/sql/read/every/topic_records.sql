SELECT * FROM topic_records ORDER BY topic_id, record_id
