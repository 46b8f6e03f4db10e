-- Sequences that a topic is part of, surest first; those with a topic that is not shown are left out.
SELECT s.*, t.label, n.label AS next_label
FROM topic_sequences AS s
JOIN topics AS t ON t.topic_id = s.topic_id AND NOT t.hidden
JOIN topics AS n ON n.topic_id = s.next_id AND NOT n.hidden
WHERE s.topic_id = $topic_id OR s.next_id = $topic_id
ORDER BY s.place
