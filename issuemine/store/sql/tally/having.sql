-- Numbers of the records that have an attribute with just that value.
SELECT CAST(number AS INTEGER) AS number
FROM (SELECT attributes, row_number() OVER (ORDER BY day, record_id) - 1 AS number FROM records)
WHERE attributes[$name] = $value
ORDER BY number
