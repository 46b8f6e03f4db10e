SELECT topic_id, x, y
FROM topic_places
WHERE run_number = (SELECT max(run_number) FROM topic_places)
ORDER BY topic_id
