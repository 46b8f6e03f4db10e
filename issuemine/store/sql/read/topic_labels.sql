SELECT topic_id, label FROM topics ORDER BY records DESC, topic_id
