INSERT INTO assignments BY NAME
SELECT mention_id, topic_id, CAST(0 AS FLOAT) AS similarity FROM members ANTI JOIN assignments USING (mention_id)
