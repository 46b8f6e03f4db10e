UPDATE topics SET retired = true WHERE space = $space AND topic_id NOT IN (SELECT topic_id FROM named)
