SELECT * FROM curated_topics LIMIT 0
