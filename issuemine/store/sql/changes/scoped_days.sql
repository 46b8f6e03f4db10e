-- Records with all the values of a scope: of each topic chosen and day, and all of the sources that it occurs in.
-- ``scopes`` holds a row a scope and attribute: number, name, value in small letters, how many it has, and the
-- number (below 0) under which records are counted that say anything of the same attributes.
WITH told AS (
    SELECT
        r.record_id, r.source, r.day, n.name,
        lower(trim(coalesce(
            CASE n.name
                WHEN 'channel' THEN r.channel
                WHEN 'language' THEN r.language
                WHEN 'product' THEN r.product
                WHEN 'version' THEN r.version
                WHEN 'platform' THEN r.platform
                WHEN 'plan' THEN r.plan
                WHEN 'region' THEN r.region
                WHEN 'journey_stage' THEN r.journey_stage
                WHEN 'source' THEN r.source
            END,
            r.attributes[n.name],
            e.entities[n.name],
            e.entities[replace(n.name, 'said_', '')]
        ))) AS value
    FROM records AS r
    LEFT JOIN record_entities AS e USING (record_id)
    CROSS JOIN (SELECT DISTINCT name FROM scopes) AS n
    WHERE r.day BETWEEN $first AND $as_of AND NOT r.pending
),
inside AS (
    SELECT t.record_id, t.source, t.day, s.scope
    FROM told AS t
    JOIN scopes AS s ON s.name = t.name AND s.value = t.value
    GROUP BY t.record_id, t.source, t.day, s.scope
    HAVING count(*) = any_value(s.parts)
    UNION ALL
    SELECT t.record_id, t.source, t.day, k.known
    FROM told AS t
    JOIN (SELECT DISTINCT known, name, parts FROM scopes) AS k USING (name)
    WHERE t.value <> ''
    GROUP BY t.record_id, t.source, t.day, k.known
    HAVING count(*) = any_value(k.parts)
),
spoken AS (
    SELECT DISTINCT a.topic_id, m.record_id, r.source
    FROM shown_assignments AS a
    SEMI JOIN chosen USING (topic_id)
    JOIN mentions AS m USING (mention_id)
    JOIN records AS r USING (record_id)
    WHERE m.day BETWEEN $first AND $as_of
),
mine AS (
    SELECT p.topic_id, i.scope, i.day, count(*) AS records
    FROM inside AS i
    JOIN spoken AS p USING (record_id)
    GROUP BY ALL
),
totals AS (
    SELECT scope, source, day, count(*) AS records FROM inside GROUP BY ALL
)
SELECT
    s.topic_id, t.scope, t.day,
    CAST(coalesce(any_value(mine.records), 0) AS BIGINT) AS records,
    CAST(sum(t.records) AS BIGINT) AS exposure
FROM (SELECT DISTINCT topic_id, source FROM spoken) AS s
JOIN totals AS t USING (source)
LEFT JOIN mine ON mine.topic_id = s.topic_id AND mine.scope = t.scope AND mine.day = t.day
GROUP BY s.topic_id, t.scope, t.day
ORDER BY s.topic_id, t.scope, t.day
