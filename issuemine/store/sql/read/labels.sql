-- Every label that a topic has had, oldest first.
SELECT run_id, day, label FROM topic_labels WHERE topic_id = $topic_id ORDER BY run_id
