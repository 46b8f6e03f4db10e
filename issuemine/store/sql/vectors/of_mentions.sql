SELECT v.vector
FROM mentions AS m
SEMI JOIN chosen USING (mention_id)
JOIN vectors_{dim} AS v ON v.text_hash = m.text_hash AND v.encoder = $encoder
ORDER BY m.mention_id
