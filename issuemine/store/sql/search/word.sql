-- The texts that have a word.
SELECT place, times, length FROM postings WHERE word = $word AND space = $space ORDER BY place
