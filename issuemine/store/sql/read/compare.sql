-- Records of each topic on two sides, each with days and filters of its own; the row without a topic holds
-- all records of each side, and how many are on both.
WITH chosen AS (
    SELECT
        record_id,
        coalesce(
            day BETWEEN $first AND $last
            AND ($source IS NULL OR list_contains($source, source))
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
                OR list_bool_and(
                    list_transform($attributes, lambda wanted: attributes[wanted.name] = wanted.value)
                )
            ),
            false
        ) AS first_side,
        coalesce(
            day BETWEEN $b_first AND $b_last
            AND ($b_source IS NULL OR list_contains($b_source, source))
            AND ($b_kind IS NULL OR list_contains($b_kind, kind))
            AND ($b_channel IS NULL OR list_contains($b_channel, channel))
            AND ($b_language IS NULL OR list_contains($b_language, language))
            AND ($b_product IS NULL OR list_contains($b_product, product))
            AND ($b_version IS NULL OR list_contains($b_version, version))
            AND ($b_platform IS NULL OR list_contains($b_platform, platform))
            AND ($b_plan IS NULL OR list_contains($b_plan, plan))
            AND ($b_region IS NULL OR list_contains($b_region, region))
            AND ($b_journey_stage IS NULL OR list_contains($b_journey_stage, journey_stage))
            AND ($b_status IS NULL OR list_contains($b_status, status))
            AND ($b_priority IS NULL OR list_contains($b_priority, priority))
            AND (
                $b_attributes IS NULL
                OR list_bool_and(
                    list_transform($b_attributes, lambda wanted: attributes[wanted.name] = wanted.value)
                )
            ),
            false
        ) AS second_side
    FROM records
    WHERE day BETWEEN least($first, $b_first) AND greatest($last, $b_last)
),
counts AS (
    SELECT
        topic_id,
        count(*) FILTER (WHERE first_side) AS records,
        count(*) FILTER (WHERE second_side) AS other_records,
        count(*) FILTER (WHERE first_side AND second_side) AS shared
    FROM topic_records
    JOIN chosen USING (record_id)
    WHERE first_side OR second_side
    GROUP BY topic_id
)
SELECT
    NULL AS topic_id, NULL AS label, false AS hidden,
    count(*) FILTER (WHERE first_side) AS records,
    count(*) FILTER (WHERE second_side) AS other_records,
    count(*) FILTER (WHERE first_side AND second_side) AS shared
FROM chosen
UNION ALL
SELECT topics.topic_id, topics.label, topics.hidden, counts.records, counts.other_records, counts.shared
FROM counts
JOIN topics USING (topic_id)
ORDER BY topic_id NULLS FIRST
