-- Fields and attributes that can tell records apart, the best filled ones first.
SELECT name, sum(records)::BIGINT AS records, count(*) AS n_values
FROM facets
GROUP BY name
HAVING count(*) > 1 AND count(*) <= $max_values
ORDER BY records DESC, name
