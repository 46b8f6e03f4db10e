SELECT
    t.topic_id, t.space, t.label, t.keywords, t.quotes, t.intents, t.hidden, t.born_run, t.named_run,
    size.records, size.mentions, size.languages, size.first_seen, size.last_seen
FROM topics AS t
JOIN (
    SELECT
        a.topic_id,
        count(DISTINCT m.record_id) AS records,
        count(*) AS mentions,
        list_sort(list(DISTINCT m.language)) AS languages,
        min(m.day) AS first_seen,
        max(m.day) AS last_seen
    FROM assignments AS a
    JOIN mentions AS m USING (mention_id)
    WHERE m.day <= $as_of
    GROUP BY a.topic_id
) AS size USING (topic_id)
WHERE NOT t.retired
ORDER BY size.records DESC, t.topic_id
