DELETE FROM topic_links
