DELETE FROM search_parts WHERE space = $space
