-- What causes are looked for in: the records asked about, and those that they are compared with.
SELECT
    r.source, r.kind, r.channel, r.language, r.product, r.version, r.platform, r.plan, r.region, r.journey_stage,
    r.status, r.priority, r.csat, r.nps, r.ces, r.rating, r.reopens, r.transfers, r.replies, r.contacts,
    list_transform(
        CAST($names AS VARCHAR[]),
        lambda name: CASE
            WHEN starts_with(name, 'said_') THEN e.entities[substr(name, 6)]
            ELSE r.attributes[name]
        END
    ) AS attributes,
    r.day >= $since AS now,
    r.record_id IN (SELECT record_id FROM target) AS chosen
FROM records AS r
LEFT JOIN record_entities AS e USING (record_id)
WHERE r.record_id IN (SELECT record_id FROM compared)
ORDER BY r.record_id
