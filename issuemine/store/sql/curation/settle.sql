UPDATE mentions SET settled = true WHERE mention_id IN (SELECT mention_id FROM said)
