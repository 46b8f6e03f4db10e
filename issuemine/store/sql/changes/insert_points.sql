INSERT INTO topic_change_points BY NAME SELECT * FROM found
