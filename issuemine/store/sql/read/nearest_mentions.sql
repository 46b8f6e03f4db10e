SELECT mention_id FROM mentions ORDER BY levenshtein(mention_id, $asked), mention_id LIMIT $rows
