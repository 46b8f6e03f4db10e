SELECT language
FROM mentions
WHERE space = $space AND day <= $as_of
GROUP BY language
ORDER BY count(*) DESC, language
