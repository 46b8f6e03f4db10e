DELETE FROM topic_changes
