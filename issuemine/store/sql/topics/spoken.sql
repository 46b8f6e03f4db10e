-- The words of each topic's anchors; topics that are part of another or are no more are left out.
SELECT
    a.topic_id, t.space,
    list_transform(m.tokens, lambda token: {'lemma': token.lemma, 'pos': token.pos}) AS tokens
FROM anchors AS a
JOIN topics AS t USING (topic_id)
JOIN mentions AS m USING (mention_id)
WHERE NOT t.retired AND a.topic_id NOT IN (SELECT topic_id FROM topic_aliases)
QUALIFY row_number() OVER (PARTITION BY a.topic_id ORDER BY a.mention_id) <= $most
ORDER BY a.topic_id, a.mention_id
