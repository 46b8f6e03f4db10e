-- What a record said before is no anchor of its topic any more.
DELETE FROM anchors
WHERE mention_id IN (
    SELECT mention_id FROM mentions SEMI JOIN staged USING (record_id)
)
