-- Mentions that may be near-duplicates of excluded ones: of the same text, or of the same topic.
SELECT m.mention_id
FROM mentions AS m
LEFT JOIN members AS b USING (mention_id)
ANTI JOIN curated_mentions USING (mention_id)
WHERE m.space = $space AND m.settled
  AND (list_contains($texts, m.text_hash) OR list_contains($topics, b.topic_id))
ORDER BY m.mention_id
