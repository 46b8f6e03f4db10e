-- Records of each topic chosen and day, and all records of the sources that it occurs in (exposure).
WITH mine AS (
    SELECT a.topic_id, r.source, m.day, count(DISTINCT m.record_id) AS records
    FROM shown_assignments AS a
    SEMI JOIN chosen USING (topic_id)
    JOIN mentions AS m USING (mention_id)
    JOIN records AS r USING (record_id)
    WHERE m.day BETWEEN $first AND $as_of
    GROUP BY ALL
),
totals AS (
    SELECT source, day, count(*) AS records
    FROM records
    WHERE day BETWEEN $first AND $as_of AND NOT pending
    GROUP BY ALL
)
SELECT
    s.topic_id, t.day,
    CAST(sum(coalesce(mine.records, 0)) AS BIGINT) AS records,
    CAST(sum(t.records) AS BIGINT) AS exposure
FROM (SELECT DISTINCT topic_id, source FROM mine) AS s
JOIN totals AS t USING (source)
LEFT JOIN mine USING (topic_id, source, day)
GROUP BY s.topic_id, t.day
ORDER BY s.topic_id, t.day
