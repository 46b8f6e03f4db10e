DELETE FROM records WHERE record_id IN (SELECT record_id FROM staged WHERE known_hash IS NOT NULL)
