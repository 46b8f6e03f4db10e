-- A topic's records, newest first, each with the places in its text that speak of the topic.
SELECT
    r.* EXCLUDE (boilerplate, redactions, day),
    f.day,
    f.similarity,
    (
        SELECT list({'start': m."start", 'end': m."end"} ORDER BY m."start")
        FROM mentions AS m
        WHERE m.record_id = r.record_id AND m.topic_id = $topic_id
    ) AS mentions
FROM topic_records AS f
JOIN records AS r USING (record_id)
WHERE f.topic_id = $topic_id
  AND f.day BETWEEN $first AND $last
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
  AND ($after_day IS NULL OR (f.day, f.record_id) < (CAST($after_day AS DATE), $after_id))
ORDER BY f.day DESC, f.record_id DESC
LIMIT $rows
