-- Mentions without a place whose text has one already.
UPDATE mentions
SET place = known.place
FROM (
    SELECT old.text_hash, min(old.place) AS place
    FROM mentions AS old
    SEMI JOIN (SELECT text_hash FROM mentions WHERE space = $space AND place IS NULL) AS fresh USING (text_hash)
    WHERE old.space = $space AND old.place IS NOT NULL
    GROUP BY old.text_hash
) AS known
WHERE mentions.text_hash = known.text_hash AND mentions.space = $space AND mentions.place IS NULL
