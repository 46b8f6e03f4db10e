-- Mentions of some days that tell of an issue (as in source_days), those of the newest days where there are
-- too many. Those that people took out of their topic are left out.
WITH scales AS (
    SELECT source, max(rating) AS highest FROM records WHERE day <= $as_of GROUP BY source
)
SELECT m.mention_id, m.record_id, m.day, r.source, r.customer_ref, m.text_hash, a.topic_id
FROM mentions AS m
JOIN records AS r USING (record_id)
JOIN scales AS s ON s.source = r.source
LEFT JOIN intents AS i ON i.text_hash = m.text_hash AND i.classifier = $classifier
LEFT JOIN shown_assignments AS a USING (mention_id)
ANTI JOIN (SELECT mention_id FROM curated_mentions WHERE topic_id IS NULL) AS c USING (mention_id)
WHERE m.space = $space AND m.day BETWEEN $first AND $as_of AND m.settled
  AND coalesce(
      r.rating / nullif(s.highest, 0) <= 0.6,
      NOT list_contains($languages, m.language)
      OR coalesce(i.probabilities[5] + i.probabilities[6] < 0.5, true)
  )
QUALIFY row_number() OVER (ORDER BY m.day DESC, md5(m.mention_id)) <= $most
ORDER BY m.mention_id
