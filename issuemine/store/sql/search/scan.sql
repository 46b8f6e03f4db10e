-- For snapshots of earlier versions, which have no postings: mentions by how many of the words stand in them.
SELECT *
FROM (
    SELECT
        m.mention_id, m.record_id, m."start", m."end", m.day, m.language, m.topic_id, t.label,
    substring(r.text, m."start" + 1, m."end" - m."start") AS text, r.source, r.channel,
        len(list_filter($words, lambda word: contains(lower(text), word))) AS score
    FROM mentions AS m
    JOIN records AS r USING (record_id)
    LEFT JOIN topics AS t USING (topic_id)
    WHERE m.day BETWEEN $first AND $last
  AND ($source IS NULL OR list_contains($source, r.source))
  AND ($kind IS NULL OR list_contains($kind, r.kind))
  AND ($channel IS NULL OR list_contains($channel, r.channel))
  AND ($language IS NULL OR list_contains($language, r.language))
  AND ($product IS NULL OR list_contains($product, r.product))
  AND ($version IS NULL OR list_contains($version, r.version))
  AND ($platform IS NULL OR list_contains($platform, r.platform))
  AND ($plan IS NULL OR list_contains($plan, r.plan))
  AND ($region IS NULL OR list_contains($region, r.region))
  AND ($journey_stage IS NULL OR list_contains($journey_stage, r.journey_stage))
  AND ($status IS NULL OR list_contains($status, r.status))
  AND ($priority IS NULL OR list_contains($priority, r.priority))
  AND (
      $attributes IS NULL
      OR list_bool_and(list_transform($attributes, lambda wanted: r.attributes[wanted.name] = wanted.value))
  )
)
WHERE score > 0
ORDER BY score DESC, day DESC, mention_id
LIMIT $rows
