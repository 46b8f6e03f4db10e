SELECT
    m.mention_id, m.record_id, m.day, m.ordinal, m."start", m."end", m.language, m.text_hash,
    a.topic_id, a.similarity, i.probabilities AS intents
FROM mentions AS m
LEFT JOIN shown_assignments AS a USING (mention_id)
LEFT JOIN intents AS i ON i.text_hash = m.text_hash AND list_contains($classifiers, i.classifier)
WHERE m.day <= $as_of
ORDER BY m.record_id, m.ordinal
