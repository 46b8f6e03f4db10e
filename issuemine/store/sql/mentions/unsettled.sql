SELECT mention_id, record_id, day
FROM mentions
WHERE NOT settled AND space = $space AND day <= $as_of
ORDER BY mention_id
