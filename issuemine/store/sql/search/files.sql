SELECT DISTINCT file FROM search_parts
