-- Where each topic stood before the day: its newest event, and the first of those that left it in that state.
WITH before AS (
    SELECT *, lag(state) OVER (PARTITION BY topic_id ORDER BY day) AS was FROM state_events WHERE day < $day
)
SELECT
    topic_id,
    arg_max(state, day) AS state,
    arg_max(reason, day) AS reason,
    arg_max({'value': signal_id}, day).value AS signal_id,
    arg_max({'value': author}, day).value AS author,
    arg_max({'value': event_id}, day).value AS event_id,
    max(day) FILTER (WHERE was IS DISTINCT FROM state) AS since
FROM before
GROUP BY topic_id
ORDER BY topic_id
