-- Where topics lay in the run before this one.
SELECT topic_id, x, y
FROM topic_places
WHERE run_number = (SELECT max(run_number) FROM topic_places WHERE run_number < $run_number)
ORDER BY topic_id
