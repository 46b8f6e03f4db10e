DELETE FROM topic_phrases
