-- How often texts that tell of an issue are brief: the mean over weeks of the share in each, so that one burst does
-- not make its own measure. A hundred records a week are looked at.
WITH scales AS (
    SELECT source, max(rating) AS highest FROM records WHERE day <= $last GROUP BY source
),
chosen AS (
    SELECT r.record_id, time_bucket(INTERVAL 7 DAY, r.day) AS week
    FROM records AS r
    JOIN scales AS s USING (source)
    WHERE list_contains($sources, r.source) AND r.day BETWEEN $first AND $last AND NOT r.pending
      AND coalesce(r.rating / nullif(s.highest, 0) <= 0.6, true)
    QUALIFY row_number() OVER (PARTITION BY time_bucket(INTERVAL 7 DAY, r.day) ORDER BY md5(r.record_id)) <= 100
),
lengths AS (
    SELECT c.week, c.record_id, count(DISTINCT t.lemma) AS words
    FROM chosen AS c
    JOIN mentions AS m USING (record_id)
    LEFT JOIN LATERAL (
        SELECT token.lemma AS lemma
        FROM (SELECT unnest(m.tokens) AS token)
        WHERE NOT list_contains($empty, token.pos)
    ) AS t ON true
    GROUP BY c.week, c.record_id
)
SELECT avg(share) AS share
FROM (SELECT week, avg((words <= $brief)::INTEGER) AS share FROM lengths GROUP BY week)
