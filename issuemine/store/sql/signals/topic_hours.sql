-- Records of topics that are shown, by hours before $until, in the last hours of each day that ends like it; of those
-- topics that have some number of records in the newest hours. A record counts once.
WITH counted AS (
    SELECT DISTINCT a.topic_id, r.source, m.record_id,
        CAST(floor(epoch(CAST($until AS TIMESTAMPTZ) - r.created_at) / 3600) AS INTEGER) AS ago
    FROM shown_assignments AS a
    JOIN mentions AS m USING (mention_id)
    JOIN records AS r USING (record_id)
    WHERE m.day BETWEEN $first AND $as_of AND list_contains($sources, r.source)
)
SELECT topic_id, source, ago, count(*) AS records
FROM counted
WHERE ago % 24 < $hours
  AND topic_id IN (SELECT topic_id FROM counted WHERE ago < $hours GROUP BY topic_id HAVING count(*) >= $least)
GROUP BY topic_id, source, ago
ORDER BY topic_id, source, ago
