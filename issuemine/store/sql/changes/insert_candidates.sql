INSERT INTO topic_changes BY NAME SELECT * FROM found
