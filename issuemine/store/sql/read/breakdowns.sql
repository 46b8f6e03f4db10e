-- Values of each field among a topic's records, beside how frequent they are among all.
WITH members AS (
    SELECT record_id FROM topic_records WHERE topic_id = $topic_id AND day BETWEEN $first AND $last
),
fields AS (
    UNPIVOT (
        SELECT
            record_id, source, kind, channel, language, product, version, platform, plan, region,
            journey_stage, status, priority
        FROM records
        SEMI JOIN members USING (record_id)
    )
    ON * EXCLUDE (record_id)
    INTO NAME name VALUE value
),
pairs AS (
    SELECT unnest(map_entries(attributes)) AS pair FROM records SEMI JOIN members USING (record_id)
),
counts AS (
    SELECT name, value, count(*) AS records FROM fields GROUP BY name, value
    UNION ALL
    SELECT pair.key, pair.value, count(*) FROM pairs GROUP BY pair.key, pair.value
),
totals AS (
    SELECT name, sum(records) AS all_with_field, count(*) AS n_values FROM facets GROUP BY name
)
SELECT
    c.name,
    c.value,
    c.records,
    c.records / sum(c.records) OVER (PARTITION BY c.name) AS share,
    f.records / t.all_with_field AS overall_share
FROM counts AS c
JOIN facets AS f USING (name, value)
JOIN totals AS t USING (name)
WHERE t.n_values > 1 AND t.n_values <= $max_values
QUALIFY row_number() OVER (PARTITION BY c.name ORDER BY c.records DESC, c.value) <= $per_field
ORDER BY c.name, c.records DESC, c.value
