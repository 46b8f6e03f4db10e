SELECT day, source, count(*) AS records
FROM building.records
GROUP BY day, source
ORDER BY day, source
