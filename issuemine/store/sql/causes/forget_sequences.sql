DELETE FROM topic_sequences
