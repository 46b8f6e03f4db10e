-- Settled mentions of the window that belong to no topic, those left out that people excluded.
SELECT m.mention_id, m.record_id, m.day
FROM mentions AS m
ANTI JOIN members USING (mention_id)
ANTI JOIN curated_mentions USING (mention_id)
WHERE m.settled AND m.space = $space AND m.day > $after AND m.day <= $as_of
ORDER BY m.mention_id
