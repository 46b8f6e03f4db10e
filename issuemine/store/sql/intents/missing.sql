-- Texts without intents; mentions that a night has settled have theirs, unless the classifier is new.
SELECT DISTINCT m.text_hash
FROM mentions AS m
ANTI JOIN (SELECT text_hash FROM intents WHERE classifier = $classifier) AS i USING (text_hash)
WHERE m.space = $space AND m.day <= $as_of
  AND ($all OR NOT m.settled OR NOT EXISTS (SELECT 1 FROM intents WHERE classifier = $classifier))
ORDER BY m.text_hash
