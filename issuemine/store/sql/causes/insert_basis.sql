INSERT INTO sequence_basis BY NAME SELECT * FROM found
