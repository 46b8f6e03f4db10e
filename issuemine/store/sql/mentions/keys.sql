SELECT mention_id, record_id, day, text_hash
FROM mentions
WHERE space = $space AND day <= $as_of
ORDER BY mention_id
