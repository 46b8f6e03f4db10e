SELECT v.vector
FROM vectors_{dim} AS v
SEMI JOIN chosen USING (text_hash)
WHERE v.encoder = $encoder
ORDER BY v.text_hash
