DELETE FROM members
WHERE mention_id IN (
    SELECT mention_id FROM mentions SEMI JOIN staged USING (record_id)
)
