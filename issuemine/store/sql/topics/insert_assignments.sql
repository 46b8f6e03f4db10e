INSERT INTO assignments BY NAME SELECT * FROM found
