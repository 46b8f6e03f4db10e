-- The grouping sets are rendered from numbers of columns, a part of a statement that cannot be bound. A column
-- that is null in a row of the answer may take any value there.
SELECT
    COLUMNS('^a[0-9]+$'),
    sum(records)::BIGINT AS records,
    sum(total)::BIGINT AS total,
    sum(base_billionths)::DOUBLE / 1e9 AS base,
    sum(past_records)::BIGINT AS past_records,
    sum(past_total)::BIGINT AS past_total
FROM counted
GROUP BY GROUPING SETS ({sets})
HAVING sum(records) >= $least
