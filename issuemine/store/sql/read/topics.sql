-- All topics with their records in the window, lately, and just before; filters apply to records.
WITH chosen AS (
    SELECT record_id, day
    FROM records
    WHERE ($source IS NULL OR list_contains($source, source))
      AND ($kind IS NULL OR list_contains($kind, kind))
      AND ($channel IS NULL OR list_contains($channel, channel))
      AND ($language IS NULL OR list_contains($language, language))
      AND ($product IS NULL OR list_contains($product, product))
      AND ($version IS NULL OR list_contains($version, version))
      AND ($platform IS NULL OR list_contains($platform, platform))
      AND ($plan IS NULL OR list_contains($plan, plan))
      AND ($region IS NULL OR list_contains($region, region))
      AND ($journey_stage IS NULL OR list_contains($journey_stage, journey_stage))
      AND ($status IS NULL OR list_contains($status, status))
      AND ($priority IS NULL OR list_contains($priority, priority))
      AND (
          $attributes IS NULL
          OR list_bool_and(list_transform($attributes, lambda wanted: attributes[wanted.name] = wanted.value))
      )
),
counts AS (
    SELECT
        topic_id,
        count(*) FILTER (WHERE day BETWEEN $first AND $last) AS records,
        count(*) FILTER (WHERE day BETWEEN $recent_first AND $last) AS recent,
        count(*) FILTER (WHERE day BETWEEN $previous_first AND $previous_last) AS previous
    FROM topic_records
    SEMI JOIN chosen USING (record_id)
    GROUP BY topic_id
),
exposure AS (
    SELECT
        count(*) FILTER (WHERE day BETWEEN $first AND $last) AS all_records,
        count(*) FILTER (WHERE day BETWEEN $recent_first AND $last) AS all_recent,
        count(*) FILTER (WHERE day BETWEEN $previous_first AND $previous_last) AS all_previous
    FROM chosen
)
SELECT
    topics.* EXCLUDE (records, mentions),
    counts.records, counts.recent, counts.previous,
    exposure.all_records, exposure.all_recent, exposure.all_previous
FROM topics
JOIN counts USING (topic_id)
CROSS JOIN exposure
WHERE counts.records > 0
ORDER BY counts.records DESC, topic_id
