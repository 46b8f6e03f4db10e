INSERT INTO postings_sorted SELECT $postings
