-- Postings of one word side by side, so that a word is looked up without reading the others.
CREATE OR REPLACE TABLE postings AS SELECT * FROM postings ORDER BY word, space, place
