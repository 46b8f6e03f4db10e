-- Every label that topics have had, oldest first.
SELECT topic_id, run_id, day, label FROM topic_labels ORDER BY topic_id, run_id
