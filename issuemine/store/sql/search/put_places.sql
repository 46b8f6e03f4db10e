UPDATE mentions
SET place = placed.place
FROM placed
WHERE mentions.text_hash = placed.text_hash AND mentions.space = $space AND mentions.place IS NULL
