-- Excluded mentions of a space (those that people named, not their near-duplicates).
SELECT m.mention_id
FROM curated_mentions AS c
JOIN mentions AS m USING (mention_id)
WHERE c.topic_id IS NULL AND c.source = 'excluded' AND m.space = $space
ORDER BY m.mention_id
