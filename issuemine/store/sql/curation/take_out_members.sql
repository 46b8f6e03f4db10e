DELETE FROM members WHERE mention_id IN (SELECT mention_id FROM said)
