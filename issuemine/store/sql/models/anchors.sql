SELECT a.topic_id, a.mention_id, a.vector
FROM anchors AS a
SEMI JOIN topic_models AS t ON t.topic_id = a.topic_id AND t.space = $space AND t.encoder = $encoder AND NOT t.retired
ORDER BY CAST(a.topic_id[2:] AS INTEGER), a.mention_id
