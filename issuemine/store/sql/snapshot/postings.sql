SELECT * FROM postings
