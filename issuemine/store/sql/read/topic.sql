SELECT * FROM topics WHERE topic_id = $topic_id
