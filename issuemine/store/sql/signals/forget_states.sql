DELETE FROM topic_states
