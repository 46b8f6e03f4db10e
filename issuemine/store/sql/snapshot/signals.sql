-- Signals, those of merged topics under the topic that is shown.
SELECT s.* REPLACE (coalesce(a.shown_id, s.topic_id) AS topic_id)
FROM signals AS s
LEFT JOIN topic_aliases AS a ON a.topic_id = s.topic_id
ORDER BY s.day, s.signal_id
