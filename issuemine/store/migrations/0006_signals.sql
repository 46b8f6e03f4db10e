-- What emerges: the findings of each night, where each topic stands, and how it came to stand there.

-- A finding of one night on one subject: a topic, a source's problems as a whole, or a dense group of new
-- mentions that is no topic yet. A signal that lasts has a row a night, all of one episode.
CREATE TABLE signals (
    signal_id VARCHAR NOT NULL,
    episode_id VARCHAR NOT NULL,
    incident_id VARCHAR NOT NULL,
    run_id VARCHAR NOT NULL,
    day DATE NOT NULL,
    first_day DATE NOT NULL,
    scope VARCHAR NOT NULL,
    topic_id VARCHAR,
    source VARCHAR,
    state VARCHAR NOT NULL,
    severity VARCHAR NOT NULL,
    nature VARCHAR NOT NULL,
    news BOOLEAN NOT NULL,
    provisional BOOLEAN NOT NULL,
    label VARCHAR NOT NULL,
    keywords VARCHAR[] NOT NULL,
    "window" VARCHAR NOT NULL,
    observed BIGINT NOT NULL,
    expected DOUBLE NOT NULL,
    low DOUBLE NOT NULL,
    high DOUBLE NOT NULL,
    exposure BIGINT NOT NULL,
    excess DOUBLE NOT NULL,
    week_excess DOUBLE NOT NULL,
    customers BIGINT,
    p_value DOUBLE NOT NULL,
    q_value DOUBLE NOT NULL,
    quotes STRUCT(
        mention_id VARCHAR, record_id VARCHAR, "start" INTEGER, "end" INTEGER, text VARCHAR, similarity DOUBLE
    )[] NOT NULL
);

-- Where each topic stands after the last run; event_id is the newest decision of a person that it knows of.
CREATE TABLE topic_states (
    topic_id VARCHAR NOT NULL,
    state VARCHAR NOT NULL,
    since DATE NOT NULL,
    reason VARCHAR NOT NULL,
    signal_id VARCHAR,
    author VARCHAR,
    event_id BIGINT
);

-- How it came to stand there: each change of state, with its reason and evidence.
CREATE TABLE state_events (
    run_id VARCHAR NOT NULL,
    day DATE NOT NULL,
    topic_id VARCHAR NOT NULL,
    before VARCHAR,
    state VARCHAR NOT NULL,
    reason VARCHAR NOT NULL,
    evidence MAP(VARCHAR, VARCHAR) NOT NULL,
    signal_id VARCHAR,
    author VARCHAR,
    event_id BIGINT
);
