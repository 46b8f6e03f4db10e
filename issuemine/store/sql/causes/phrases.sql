-- Phrases that are new in a topic, surest first, each with places where it is said.
SELECT
    p.* EXCLUDE (topic_id, place, quotes),
    (
        SELECT list({
            'mention_id': m.mention_id,
            'record_id': m.record_id,
            'text': substr(r.text, m."start" + 1, m."end" - m."start")
        } ORDER BY m.mention_id)
        FROM mentions AS m
        JOIN records AS r USING (record_id)
        WHERE list_contains(p.quotes, m.mention_id)
    ) AS quotes
FROM topic_phrases AS p
WHERE p.topic_id = $topic_id
ORDER BY p.place
