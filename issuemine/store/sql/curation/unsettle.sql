UPDATE mentions SET settled = false WHERE mention_id IN (SELECT mention_id FROM said)
