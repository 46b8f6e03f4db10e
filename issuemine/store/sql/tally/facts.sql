-- Which records speak of each topic, by the numbers of both: topics in the order of their ids, records by day.
SELECT CAST(t.number AS INTEGER) AS topic, CAST(r.number AS INTEGER) AS record
FROM topic_records AS f
JOIN (SELECT topic_id, row_number() OVER (ORDER BY topic_id) - 1 AS number FROM topics) AS t USING (topic_id)
JOIN (SELECT record_id, row_number() OVER (ORDER BY day, record_id) - 1 AS number FROM records) AS r USING (record_id)
ORDER BY r.number, t.number
