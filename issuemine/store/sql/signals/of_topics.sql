-- Mentions of a topic in a window, those of the newest days where there are too many.
SELECT m.mention_id, m.record_id, m.day, r.source, r.customer_ref, m.space
FROM shown_assignments AS a
JOIN mentions AS m USING (mention_id)
JOIN records AS r USING (record_id)
WHERE a.topic_id = $topic_id AND m.day BETWEEN $first AND $as_of
QUALIFY row_number() OVER (ORDER BY m.day DESC, md5(m.mention_id)) <= $most
ORDER BY m.mention_id
