SELECT DISTINCT m.text_hash
FROM mentions AS m
ANTI JOIN (SELECT text_hash FROM intents WHERE classifier = $classifier) AS i USING (text_hash)
WHERE m.space = $space AND m.day <= $as_of
ORDER BY m.text_hash
