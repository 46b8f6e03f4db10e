-- Mentions of topics lately and before, at most so many of each, spread over all by a hash of their ids.
WITH placed AS (
    SELECT
        a.topic_id, m.space, m.mention_id, m.text, m.tokens, m.day > $since AS recent,
        row_number() OVER (PARTITION BY a.topic_id, m.day > $since ORDER BY md5(m.mention_id)) AS place
    FROM shown_assignments AS a
    JOIN mentions AS m USING (mention_id)
    WHERE m.day <= $as_of
)
SELECT topic_id, space, mention_id, text, tokens, recent
FROM placed
WHERE place <= $most
ORDER BY topic_id, mention_id
