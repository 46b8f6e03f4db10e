SELECT day, source, count(*) AS records
FROM records
WHERE day <= $as_of
GROUP BY day, source
ORDER BY day, source
