-- Where topics lie on the map of all topics, in [0, 1]; made anew by each run, from where they lay before.
CREATE TABLE topic_places (
    topic_id VARCHAR NOT NULL,
    x DOUBLE NOT NULL,
    y DOUBLE NOT NULL
);
