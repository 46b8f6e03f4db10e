SELECT * FROM topic_links LIMIT 0
