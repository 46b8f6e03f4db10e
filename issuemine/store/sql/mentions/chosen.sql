SELECT m.* EXCLUDE (day, space)
FROM mentions AS m
SEMI JOIN chosen USING (mention_id)
ORDER BY m.mention_id
