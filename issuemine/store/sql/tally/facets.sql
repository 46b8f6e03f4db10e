-- Values of each field, and of attributes that have at most so many, those of most records first.
SELECT name, value, sum(records) AS records
FROM facets
WHERE list_contains($fields, name) OR name IN (SELECT name FROM facets GROUP BY name HAVING count(*) <= $most)
GROUP BY name, value
ORDER BY name, records DESC, value
