INSERT INTO search_parts BY NAME SELECT * FROM incoming
