-- The words of the mentions nearest to each topic's centre.
SELECT
    a.topic_id, t.space,
    list_transform(m.tokens, lambda token: {'lemma': token.lemma, 'pos': token.pos}) AS tokens
FROM assignments AS a
JOIN topics AS t USING (topic_id)
JOIN mentions AS m USING (mention_id)
QUALIFY row_number() OVER (PARTITION BY a.topic_id ORDER BY a.similarity DESC, a.mention_id) <= $most
ORDER BY a.topic_id, a.similarity DESC, a.mention_id
