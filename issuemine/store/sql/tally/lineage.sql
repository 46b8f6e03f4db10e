-- What became of topics, without what nights continue.
SELECT run_id, day, event, topic_id, other_id, mentions, share
FROM lineage
WHERE event <> 'continued'
ORDER BY run_id, topic_id, event
