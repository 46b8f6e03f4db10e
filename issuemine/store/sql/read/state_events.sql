SELECT day, before, state, reason, evidence, signal_id, author
FROM state_events
WHERE topic_id = $topic_id
ORDER BY day DESC
