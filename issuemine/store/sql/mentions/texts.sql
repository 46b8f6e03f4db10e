SELECT text_hash, any_value(text ORDER BY mention_id) AS text, any_value(tokens ORDER BY mention_id) AS tokens
FROM mentions
SEMI JOIN chosen USING (text_hash)
GROUP BY text_hash
ORDER BY text_hash
