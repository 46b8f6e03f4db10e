INSERT INTO curated_topics BY NAME SELECT * FROM said
