-- Texts without a vector; mentions that a night has settled have theirs, unless the encoder is new.
SELECT DISTINCT m.text_hash
FROM mentions AS m
ANTI JOIN (SELECT text_hash FROM vectors_{dim} WHERE encoder = $encoder) AS v USING (text_hash)
WHERE m.space = $space AND m.day <= $as_of AND ($all OR NOT m.settled)
ORDER BY m.text_hash
