SELECT r.customer_ref
FROM mentions AS m
SEMI JOIN chosen USING (mention_id)
JOIN records AS r USING (record_id)
ORDER BY m.mention_id
