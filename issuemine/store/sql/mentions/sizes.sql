-- Mentions of each space up to the day.
SELECT space, count(*) AS mentions FROM mentions WHERE day <= $as_of GROUP BY space ORDER BY space DESC
