DELETE FROM assignments WHERE mention_id IN (SELECT mention_id FROM said)
