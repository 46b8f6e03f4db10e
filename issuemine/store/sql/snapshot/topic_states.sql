SELECT * FROM topic_states ORDER BY CAST(topic_id[2:] AS INTEGER)
