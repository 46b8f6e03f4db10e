-- What nights hand on to each other: the present partition, what is kept of each topic, and its history.
ALTER TABLE records ADD COLUMN counted BOOLEAN DEFAULT true;
ALTER TABLE mentions ADD COLUMN settled BOOLEAN DEFAULT true;
ALTER TABLE topics ADD COLUMN stability DOUBLE;
ALTER TABLE topics ADD COLUMN merged_into VARCHAR;

-- The present partition. What is counted and shown stands in assignments.
CREATE TABLE members (
    mention_id VARCHAR NOT NULL,
    topic_id VARCHAR NOT NULL
);
INSERT INTO members SELECT mention_id, topic_id FROM assignments;

CREATE TABLE topic_models (
    topic_id VARCHAR NOT NULL,
    space VARCHAR NOT NULL,
    encoder VARCHAR NOT NULL,
    mentions BIGINT NOT NULL,
    total FLOAT[] NOT NULL,
    found_centre FLOAT[] NOT NULL,
    named_centre FLOAT[] NOT NULL,
    radius FLOAT NOT NULL,
    retired BOOLEAN NOT NULL
);

CREATE TABLE anchors (
    topic_id VARCHAR NOT NULL,
    mention_id VARCHAR NOT NULL,
    vector FLOAT[] NOT NULL
);

CREATE TABLE discoveries (
    run_id VARCHAR NOT NULL,
    space VARCHAR NOT NULL,
    day DATE NOT NULL,
    reason VARCHAR NOT NULL,
    mentions BIGINT NOT NULL,
    topics BIGINT NOT NULL,
    resolution DOUBLE NOT NULL,
    accepted DOUBLE NOT NULL,
    wrong DOUBLE NOT NULL,
    strangers DOUBLE NOT NULL
);

CREATE TABLE lineage (
    run_id VARCHAR NOT NULL,
    day DATE NOT NULL,
    event VARCHAR NOT NULL,
    topic_id VARCHAR NOT NULL,
    other_id VARCHAR,
    mentions BIGINT NOT NULL,
    share DOUBLE NOT NULL
);

CREATE TABLE topic_labels (
    run_id VARCHAR NOT NULL,
    day DATE,
    topic_id VARCHAR NOT NULL,
    label VARCHAR NOT NULL
);
INSERT INTO topic_labels SELECT named_run, NULL, topic_id, label FROM topics;

CREATE TABLE restatements (
    run_id VARCHAR NOT NULL,
    day DATE NOT NULL,
    mentions BIGINT NOT NULL
);

-- What people said, as the last run applied it.
CREATE TABLE split_topics (
    event_id BIGINT NOT NULL,
    topic_id VARCHAR NOT NULL
);

CREATE TABLE topic_aliases (
    topic_id VARCHAR NOT NULL,
    shown_id VARCHAR NOT NULL
);

CREATE TABLE curated_mentions (
    mention_id VARCHAR NOT NULL,
    topic_id VARCHAR,
    source VARCHAR NOT NULL
);

CREATE TABLE curated_topics (
    topic_id VARCHAR NOT NULL,
    label VARCHAR,
    excluded BOOLEAN NOT NULL,
    locked BOOLEAN NOT NULL,
    pinned BOOLEAN NOT NULL,
    owner VARCHAR,
    tickets VARCHAR[] NOT NULL,
    notes STRUCT("at" TIMESTAMPTZ, author VARCHAR, text VARCHAR)[] NOT NULL
);

-- Under which topic a mention is shown: that which its own is part of.
CREATE VIEW shown_assignments AS
SELECT a.mention_id, coalesce(s.shown_id, a.topic_id) AS topic_id, a.similarity
FROM assignments AS a
LEFT JOIN topic_aliases AS s USING (topic_id);
