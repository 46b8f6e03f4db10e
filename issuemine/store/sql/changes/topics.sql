-- Topics whose rate is looked at: those with the newest signals, and those that grew most.
WITH grown AS (
    SELECT a.topic_id
    FROM shown_assignments AS a
    JOIN mentions AS m USING (mention_id)
    WHERE m.day > $after AND m.day <= $as_of
    GROUP BY a.topic_id
    HAVING count(*) FILTER (WHERE m.day > $since) > 0
    ORDER BY
        count(*) FILTER (WHERE m.day > $since) - $share * count(*) FILTER (WHERE m.day <= $since) DESC,
        a.topic_id
    LIMIT $topics
),
signalled AS (
    SELECT topic_id
    FROM signals
    WHERE topic_id IS NOT NULL AND day > $after AND day <= $as_of
    GROUP BY topic_id
    ORDER BY max(day) DESC, topic_id
    LIMIT $topics
)
SELECT topic_id FROM grown
UNION
SELECT topic_id FROM signalled
ORDER BY topic_id
