SELECT * FROM topics ORDER BY topic_id
