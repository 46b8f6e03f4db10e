-- The newest episode of each subject before the day, as far back as an episode may come back.
WITH before AS (
    SELECT *, left(signal_id, length(signal_id) - 11) AS subject
    FROM signals
    WHERE day < $day AND day >= $since
),
newest AS (
    SELECT * FROM before QUALIFY row_number() OVER (PARTITION BY subject ORDER BY day DESC) = 1
),
told AS (
    SELECT incident_id, max(day) AS told_day, max(week_excess) AS told_excess
    FROM before
    WHERE news
    GROUP BY incident_id
)
SELECT
    n.subject, n.episode_id, n.incident_id, n.scope, n.topic_id, n.source, n.first_day,
    n.day AS last_day,
    n.state = 'quiet' AS quiet,
    t.told_day, coalesce(t.told_excess, 0) AS told_excess,
    n.label, n.keywords, n.quotes
FROM newest AS n
LEFT JOIN told AS t USING (incident_id)
ORDER BY n.subject
