-- Incidents that were told lately: when last, and the largest excess.
SELECT incident_id, max(day) AS day, max(week_excess) AS excess
FROM signals
WHERE news AND day >= $since AND day < $day
GROUP BY incident_id
ORDER BY incident_id
