-- Records of a topic and of all, in steps of a day, a week or a month; a step without records is 0.
WITH steps AS (
    SELECT CAST(unnest(generate_series(
        date_trunc($step, CAST($first AS DATE))::TIMESTAMP,
        CAST($last AS TIMESTAMP),
        CASE $step WHEN 'day' THEN INTERVAL 1 DAY WHEN 'week' THEN INTERVAL 7 DAY ELSE INTERVAL 1 MONTH END
    )) AS DATE) AS start
),
mine AS (
    SELECT CAST(date_trunc($step, day) AS DATE) AS start, sum(records) AS records
    FROM topic_days
    WHERE topic_id = $topic_id AND day BETWEEN $first AND $last
    GROUP BY 1
),
everything AS (
    SELECT CAST(date_trunc($step, day) AS DATE) AS start, sum(records) AS records
    FROM days
    WHERE day BETWEEN $first AND $last
    GROUP BY 1
)
SELECT
    steps.start,
    CAST(coalesce(mine.records, 0) AS BIGINT) AS records,
    CAST(coalesce(everything.records, 0) AS BIGINT) AS all_records
FROM steps
LEFT JOIN mine USING (start)
LEFT JOIN everything USING (start)
ORDER BY steps.start
