DELETE FROM record_entities WHERE record_id IN (SELECT record_id FROM found)
