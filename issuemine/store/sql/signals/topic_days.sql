-- Records of each topic that is shown, a source and day of the window; a record counts once.
SELECT a.topic_id, r.source, m.day, count(DISTINCT m.record_id) AS records
FROM shown_assignments AS a
JOIN mentions AS m USING (mention_id)
JOIN records AS r USING (record_id)
JOIN topics AS t USING (topic_id)
LEFT JOIN curated_topics AS c USING (topic_id)
WHERE m.day BETWEEN $first AND $as_of
  AND NOT coalesce(c.excluded, false)
  AND (NOT t.hidden OR coalesce(c.pinned, false))
GROUP BY a.topic_id, r.source, m.day
ORDER BY a.topic_id, m.day, r.source
