-- Mentions of a source in a window that tell of an issue (as in source_days), with their space.
WITH scales AS (
    SELECT source, max(rating) AS highest FROM records WHERE day <= $as_of GROUP BY source
)
SELECT m.mention_id, m.record_id, m.day, r.source, r.customer_ref, m.space
FROM mentions AS m
JOIN records AS r USING (record_id)
JOIN scales AS s ON s.source = r.source
LEFT JOIN intents AS i ON i.text_hash = m.text_hash AND list_contains($classifiers, i.classifier)
WHERE r.source = $source AND m.day BETWEEN $first AND $as_of AND m.settled
  AND coalesce(
      r.rating / nullif(s.highest, 0) <= 0.6,
      NOT list_contains($languages, m.language)
      OR coalesce(i.probabilities[5] + i.probabilities[6] < 0.5, true)
  )
QUALIFY row_number() OVER (ORDER BY m.day DESC, md5(m.mention_id)) <= $most
ORDER BY m.mention_id
