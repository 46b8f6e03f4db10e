SELECT * FROM search_parts WHERE space = $space ORDER BY "first"
