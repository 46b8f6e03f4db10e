SELECT run_id, day, mentions, topics, resolution
FROM discoveries
WHERE space = $space
ORDER BY day DESC, run_id DESC
LIMIT 1
