-- Mentions of changed records are placed anew where people said, once they are cut.
DELETE FROM curated_mentions
WHERE mention_id IN (
    SELECT mention_id FROM mentions SEMI JOIN staged USING (record_id)
)
