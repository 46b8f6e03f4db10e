-- A text that two spaces have is told by the classifier of each. Probabilities are joined as lists: an outer
-- join of arrays fails in DuckDB 2.0 where a row has none ("Cannot cast list with length 0 to array").
SELECT
    m.mention_id, m.record_id, m.day, m.ordinal, m."start", m."end", m.language,
    a.topic_id, a.similarity, m.space, m.place, CAST(i.probabilities AS FLOAT[6]) AS intents
FROM mentions AS m
LEFT JOIN shown_assignments AS a USING (mention_id)
LEFT JOIN (
    SELECT text_hash, classifier, CAST(probabilities AS FLOAT[]) AS probabilities FROM intents
) AS i
    ON i.text_hash = m.text_hash
    AND i.classifier = list_extract(
        CAST($classifiers AS VARCHAR[]), list_position(CAST($spaces AS VARCHAR[]), m.space)
    )
WHERE m.day <= $as_of
ORDER BY m.record_id, m.ordinal
