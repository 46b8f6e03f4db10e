-- Topics of different encoder spaces that seem to speak of the same thing; each link in both directions.
CREATE TABLE topic_links (
    topic_id VARCHAR NOT NULL,
    other_id VARCHAR NOT NULL,
    score DOUBLE NOT NULL,
    terms STRUCT(term VARCHAR, other_term VARCHAR)[] NOT NULL
);
