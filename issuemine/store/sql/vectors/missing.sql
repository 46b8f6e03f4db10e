SELECT DISTINCT m.text_hash
FROM mentions AS m
ANTI JOIN (SELECT text_hash FROM vectors_{dim} WHERE encoder = $encoder) AS v USING (text_hash)
WHERE m.space = $space
ORDER BY m.text_hash
