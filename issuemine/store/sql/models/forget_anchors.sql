DELETE FROM anchors WHERE topic_id IN (SELECT DISTINCT topic_id FROM fresh)
