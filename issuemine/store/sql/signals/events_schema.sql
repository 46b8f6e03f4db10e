SELECT * FROM state_events LIMIT 0
