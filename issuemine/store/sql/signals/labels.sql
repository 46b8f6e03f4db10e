-- Topics as they are called, and whether they are young: their first record lies within the window.
SELECT t.topic_id, coalesce(c.label, t.label) AS label, seen.first_seen >= $since AS young
FROM topics AS t
LEFT JOIN curated_topics AS c USING (topic_id)
JOIN (
    SELECT a.topic_id, min(m.day) AS first_seen
    FROM shown_assignments AS a
    JOIN mentions AS m USING (mention_id)
    WHERE m.day <= $as_of
    GROUP BY a.topic_id
) AS seen USING (topic_id)
ORDER BY t.topic_id
