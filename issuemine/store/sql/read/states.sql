SELECT topic_id, state, since, reason, signal_id, author FROM topic_states ORDER BY topic_id
