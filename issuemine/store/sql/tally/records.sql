-- What records can be filtered by, in the order in which they are numbered: by day.
SELECT
    day, source, kind, channel, language, product, version, platform, plan, region, journey_stage, status, priority,
    attributes
FROM records
ORDER BY day, record_id
