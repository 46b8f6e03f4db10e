SELECT topic_id, space, label, born_run, retired FROM topics ORDER BY topic_id
