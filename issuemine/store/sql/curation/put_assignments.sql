INSERT INTO assignments BY NAME
SELECT mention_id, topic_id, CAST(0 AS FLOAT) AS similarity FROM said WHERE topic_id IS NOT NULL
