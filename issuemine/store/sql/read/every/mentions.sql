SELECT * FROM mentions ORDER BY mention_id
