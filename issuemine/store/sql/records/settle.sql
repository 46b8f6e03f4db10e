UPDATE records SET pending = false WHERE record_id IN (SELECT record_id FROM done)
