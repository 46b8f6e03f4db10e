DELETE FROM members WHERE mention_id IN (SELECT mention_id FROM mentions WHERE space = $space AND day <= $as_of)
