UPDATE topics SET retired = true WHERE topic_id NOT IN (SELECT topic_id FROM named)
