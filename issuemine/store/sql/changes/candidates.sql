-- Entries of the change log that came shortly before change points of a topic, the best first.
SELECT * EXCLUDE (topic_id, place) FROM topic_changes WHERE topic_id = $topic_id ORDER BY day DESC, place
