SELECT * FROM state_events ORDER BY day, run_id, CAST(topic_id[2:] AS INTEGER)
