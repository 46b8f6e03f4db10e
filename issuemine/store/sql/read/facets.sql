-- Values of some fields, those of most records first, at most $most of each.
SELECT name, value, records
FROM facets
WHERE list_contains($names, name)
QUALIFY row_number() OVER (PARTITION BY name ORDER BY records DESC, value) <= $most
ORDER BY name, records DESC, value
