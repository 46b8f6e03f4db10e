-- Topics that are shown: how they are called, the days of their first and newest record, and their records.
SELECT t.topic_id, coalesce(c.label, t.label) AS label, seen.first_seen, seen.last_seen, seen.records
FROM topics AS t
LEFT JOIN curated_topics AS c USING (topic_id)
JOIN (
    SELECT a.topic_id, min(m.day) AS first_seen, max(m.day) AS last_seen, count(DISTINCT m.record_id) AS records
    FROM shown_assignments AS a
    JOIN mentions AS m USING (mention_id)
    WHERE m.day <= $as_of
    GROUP BY a.topic_id
) AS seen USING (topic_id)
WHERE NOT coalesce(c.excluded, false)
ORDER BY CAST(t.topic_id[2:] AS INTEGER)
