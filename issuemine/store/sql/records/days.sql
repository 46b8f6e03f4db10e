-- The first and the last day that records may be believed to be of, how many are dated after it, and the last day
-- that may have come. Records after $latest, a day by the clock, are mistakes; where most are, the clock is.
WITH seen AS (
    SELECT
        min(day) AS first,
        max(day) AS newest,
        max(day) FILTER (day <= $latest) AS latest,
        2 * count(*) FILTER (day > $latest) > count(*) AS astray
    FROM records
),
bounds AS (
    SELECT
        first,
        CASE WHEN astray THEN newest ELSE latest END AS last,
        CASE WHEN astray THEN newest ELSE CAST($latest AS DATE) END AS until
    FROM seen
)
SELECT b.first, b.last, b.until, (SELECT count(*) FROM records WHERE day > b.last) AS ahead FROM bounds AS b
