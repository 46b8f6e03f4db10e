UPDATE records SET counted = true WHERE record_id IN (SELECT record_id FROM done)
