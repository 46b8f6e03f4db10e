UPDATE topics SET retired = false, merged_into = NULL WHERE topic_id = $topic_id
