INSERT INTO record_entities BY NAME SELECT * FROM found
