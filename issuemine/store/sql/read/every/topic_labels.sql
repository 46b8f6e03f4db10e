SELECT * FROM topic_labels ORDER BY ALL
