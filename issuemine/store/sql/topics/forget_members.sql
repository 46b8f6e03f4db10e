DELETE FROM members
WHERE mention_id IN (
    SELECT mention_id FROM mentions ANTI JOIN curated_mentions USING (mention_id)
    WHERE space = $space AND day <= $as_of
)
