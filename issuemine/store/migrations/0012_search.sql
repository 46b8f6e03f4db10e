-- What the search finds texts by. A text has a place in its space: a row of the file of the space's vectors, which
-- nights append to. Words are told of places, so that a text that many write is told of once.
ALTER TABLE mentions ADD COLUMN place INTEGER;

CREATE TABLE search_parts (
    space VARCHAR NOT NULL,
    revision VARCHAR NOT NULL,
    file VARCHAR NOT NULL,
    dim INTEGER NOT NULL,
    "first" BIGINT NOT NULL,
    places BIGINT NOT NULL,
    words BIGINT NOT NULL,
    blake2b VARCHAR NOT NULL
);

CREATE TABLE postings (
    space VARCHAR NOT NULL,
    word VARCHAR NOT NULL,
    place INTEGER NOT NULL,
    times USMALLINT NOT NULL,
    length USMALLINT NOT NULL
);

-- How many postings were there when they were last sorted.
CREATE TABLE postings_sorted (postings BIGINT NOT NULL);
