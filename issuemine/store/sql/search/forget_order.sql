DELETE FROM postings_sorted
