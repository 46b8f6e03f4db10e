DELETE FROM topic_aliases
