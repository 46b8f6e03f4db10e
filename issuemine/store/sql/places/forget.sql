DELETE FROM topic_places
