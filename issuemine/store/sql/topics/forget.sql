DELETE FROM topics WHERE topic_id IN (SELECT topic_id FROM named)
