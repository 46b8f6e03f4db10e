-- Texts that have no place in their space yet, in the order in which they get one.
SELECT DISTINCT text_hash
FROM mentions
WHERE space = $space AND place IS NULL AND day <= $as_of
ORDER BY text_hash
