DELETE FROM curated_mentions WHERE mention_id IN (SELECT mention_id FROM said)
