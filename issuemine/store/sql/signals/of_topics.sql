-- Mentions of a topic in a window, those of the newest days where there are too many, and whether they tell of an
-- issue (as in source_days).
WITH scales AS (
    SELECT source, max(rating) AS highest FROM records WHERE day <= $as_of GROUP BY source
)
SELECT
    m.mention_id, m.record_id, m.day, r.source, r.customer_ref, m.space,
    coalesce(
        r.rating / nullif(s.highest, 0) <= 0.6,
        NOT list_contains($languages, m.language)
        OR coalesce(i.probabilities[5] + i.probabilities[6] < 0.5, true)
    ) AS telling
FROM shown_assignments AS a
JOIN mentions AS m USING (mention_id)
JOIN records AS r USING (record_id)
JOIN scales AS s ON s.source = r.source
LEFT JOIN intents AS i ON i.text_hash = m.text_hash AND list_contains($classifiers, i.classifier)
WHERE a.topic_id = $topic_id AND m.day BETWEEN $first AND $as_of
QUALIFY row_number() OVER (ORDER BY m.day DESC, md5(m.mention_id)) <= $most
ORDER BY m.mention_id
