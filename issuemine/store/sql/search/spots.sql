-- The mentions of a space that the search can find: the place of each, the number of its record by day, the row of its
-- record, and what is told of it besides the text.
SELECT
    m.place, CAST(r.number AS INTEGER) AS record, CAST(r.at AS INTEGER) AS at, m.mention_id, m."start", m."end",
    m.language, m.topic_id
FROM mentions AS m
JOIN (
    SELECT record_id, rowid AS at, row_number() OVER (ORDER BY day, record_id) - 1 AS number FROM records
) AS r USING (record_id)
WHERE m.space = $space AND m.place IS NOT NULL
ORDER BY m.place, m.record_id, m.ordinal
