-- The topics linked to each of some topics, the best first.
SELECT l.topic_id, l.other_id, t.label, t.languages, l.score, l.terms
FROM topic_links AS l
JOIN topics AS t ON t.topic_id = l.other_id
WHERE list_contains($topics, l.topic_id)
ORDER BY l.topic_id, l.score DESC, l.other_id
