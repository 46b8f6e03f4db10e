-- What became of a topic, and of others into it, oldest first.
SELECT run_id, day, event, topic_id, other_id, mentions, share
FROM lineage
WHERE (topic_id = $topic_id OR other_id = $topic_id) AND event <> 'continued'
ORDER BY run_id, topic_id, event
