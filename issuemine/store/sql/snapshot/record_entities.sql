SELECT record_id, entities
FROM record_entities
SEMI JOIN (SELECT record_id FROM records WHERE day <= $as_of) AS published USING (record_id)
WHERE cardinality(entities) > 0
ORDER BY record_id
