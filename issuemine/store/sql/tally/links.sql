-- The topics linked to each, the best first.
SELECT l.topic_id AS of_id, l.other_id AS topic_id, t.label, t.languages, l.score, l.terms
FROM topic_links AS l
JOIN topics AS t ON t.topic_id = l.other_id
ORDER BY l.topic_id, l.score DESC, l.other_id
