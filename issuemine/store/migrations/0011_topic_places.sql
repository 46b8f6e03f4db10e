-- Where topics lie on the map of all topics, in [0, 1]: of the newest run, and of the one before, near whose places
-- it lays them, so that a run that is begun again finds what it found at first.
CREATE TABLE topic_places (
    run_number BIGINT NOT NULL,
    topic_id VARCHAR NOT NULL,
    x DOUBLE NOT NULL,
    y DOUBLE NOT NULL
);
