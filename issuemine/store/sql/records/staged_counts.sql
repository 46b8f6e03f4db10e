SELECT
    count(*) FILTER (WHERE known_hash IS NULL) AS new,
    count(*) FILTER (WHERE known_hash IS NOT NULL) AS changed
FROM staged
