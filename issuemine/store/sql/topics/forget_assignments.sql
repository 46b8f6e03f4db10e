DELETE FROM assignments WHERE topic_id IN (SELECT topic_id FROM topics WHERE space = $space)
