-- Records of a signal's window, counted by the fields that rules choose by.
SELECT
    source, kind, channel, language, product, version, platform, plan, region, journey_stage, status, priority,
    count(*) AS records
FROM records
WHERE day BETWEEN $first AND $last
  AND ($topic IS NULL OR record_id IN (SELECT record_id FROM topic_records WHERE topic_id = $topic))
  AND ($source IS NULL OR source = $source)
  AND ($records IS NULL OR list_contains($records, record_id))
GROUP BY ALL
ORDER BY ALL
