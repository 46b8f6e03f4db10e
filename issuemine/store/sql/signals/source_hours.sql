-- Records of each source that knows the hour, by hours before $until, in the last hours of each day that ends like it.
-- A source whose times are mostly the same tells days alone.
WITH counted AS (
    SELECT source, created_at FROM records WHERE day BETWEEN $first AND $as_of AND NOT pending
),
times AS (
    SELECT source, CAST(created_at AT TIME ZONE 'UTC' AS TIME) AS clock, count(*) AS records
    FROM counted
    GROUP BY source, clock
),
hourly AS (
    SELECT source FROM times GROUP BY source HAVING 2 * max(records) <= sum(records)
),
until AS (
    SELECT date_trunc('hour', max(created_at)) + INTERVAL 1 HOUR AS until
    FROM counted
    SEMI JOIN hourly USING (source)
),
placed AS (
    SELECT source, u.until, CAST(floor(epoch(u.until - created_at) / 3600) AS INTEGER) AS ago
    FROM counted
    SEMI JOIN hourly USING (source), until AS u
)
SELECT source, until, ago, count(*) AS records
FROM placed
WHERE ago % 24 < $hours
GROUP BY source, until, ago
ORDER BY source, ago
