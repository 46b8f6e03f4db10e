INSERT INTO topic_labels BY NAME SELECT $run_id AS run_id, $day AS day, topic_id, label FROM named
