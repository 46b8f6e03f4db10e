-- A topic's mentions, or those of none, the most typical first, with the number of all that fit.
WITH told AS (
    SELECT
        m.mention_id, m.day, m.language, m.similarity,
        substring(r.text, m."start" + 1, m."end" - m."start") AS text
    FROM mentions AS m
    JOIN records AS r USING (record_id)
    WHERE m.topic_id IS NOT DISTINCT FROM $topic_id
)
SELECT *, count(*) OVER () AS found
FROM told
WHERE $words IS NULL OR contains(lower(text), lower($words))
ORDER BY similarity DESC NULLS LAST, day DESC, mention_id
LIMIT $rows
