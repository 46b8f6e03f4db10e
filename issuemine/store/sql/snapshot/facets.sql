-- How many records carry each value of each field and attribute.
WITH fields AS (
    UNPIVOT (
        SELECT
            record_id, source, kind, channel, language, product, version, platform, plan, region,
            journey_stage, status, priority
        FROM building.records
    )
    ON * EXCLUDE (record_id)
    INTO NAME name VALUE value
),
pairs AS (
    SELECT unnest(map_entries(attributes)) AS pair FROM building.records
)
SELECT name, value, count(*) AS records FROM fields GROUP BY name, value
UNION ALL
SELECT pair.key, pair.value, count(*) FROM pairs GROUP BY pair.key, pair.value
ORDER BY 1, 3 DESC, 2
