-- Records of each source and day of the window, and those of them that tell of an issue. A score says so where
-- there is one (at most 60 % of the source's highest), else the intents, in languages that they are known of;
-- where nothing is known, every record counts.
WITH scales AS (
    SELECT source, max(rating) AS highest FROM records WHERE day <= $as_of GROUP BY source
),
counted AS (
    SELECT r.source, r.day, r.record_id, r.rating / nullif(s.highest, 0) AS score
    FROM records AS r
    JOIN scales AS s USING (source)
    WHERE r.day BETWEEN $first AND $as_of AND NOT r.pending
),
said AS (
    SELECT
        m.record_id,
        bool_or(
            NOT list_contains($languages, m.language)
            OR coalesce(i.probabilities[5] + i.probabilities[6] < 0.5, true)
        ) AS telling
    FROM mentions AS m
    LEFT JOIN intents AS i ON i.text_hash = m.text_hash AND list_contains($classifiers, i.classifier)
    WHERE m.day BETWEEN $first AND $as_of
    GROUP BY m.record_id
)
SELECT
    c.source, c.day, count(*) AS records,
    count(*) FILTER (WHERE coalesce(c.score <= 0.6, t.telling, false)) AS issues
FROM counted AS c
LEFT JOIN said AS t USING (record_id)
GROUP BY c.source, c.day
ORDER BY c.source, c.day
