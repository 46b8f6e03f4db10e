INSERT INTO topic_links BY NAME SELECT * FROM found
