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
  AND ($after_day IS NULL OR (f.day, f.record_id) < (CAST($after_day AS DATE), $after_id))
ORDER BY f.day DESC, f.record_id DESC
LIMIT $rows
