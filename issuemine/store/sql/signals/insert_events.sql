INSERT INTO state_events BY NAME SELECT * FROM found
