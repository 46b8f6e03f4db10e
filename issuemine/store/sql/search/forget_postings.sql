DELETE FROM postings WHERE space = $space
