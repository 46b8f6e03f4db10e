SELECT * FROM search_parts ORDER BY space, "first"
