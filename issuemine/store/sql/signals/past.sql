-- Mentions of earlier days of a space, an even share of all where there are too many; how many each stands for.
SELECT m.mention_id, m.record_id, m.day, greatest(1.0, count(*) OVER () / $most) AS weight
FROM mentions AS m
WHERE m.space = $space AND m.day BETWEEN $first AND $last AND m.settled
QUALIFY row_number() OVER (ORDER BY md5(m.mention_id)) <= $most
ORDER BY m.mention_id
