-- Fields, attributes and kinds of entities that can tell records apart, the best filled ones first.
WITH said AS (
    SELECT 'said_' || entity.key AS name, entity.value, count(*) AS records
    FROM (SELECT unnest(map_entries(entities)) AS entity FROM record_entities)
    GROUP BY ALL
)
SELECT name, sum(records)::BIGINT AS records, count(*) AS n_values
FROM (SELECT name, value, records FROM facets UNION ALL SELECT name, value, records FROM said)
GROUP BY name
HAVING count(*) > 1 AND count(*) <= $max_values
ORDER BY records DESC, name
