INSERT INTO topic_places BY NAME SELECT * FROM found
