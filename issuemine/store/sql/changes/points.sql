-- Change points of a topic, the newest first.
SELECT * EXCLUDE (topic_id) FROM topic_change_points WHERE topic_id = $topic_id ORDER BY day DESC
