DELETE FROM curated_topics
