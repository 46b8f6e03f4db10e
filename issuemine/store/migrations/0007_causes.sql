-- What causes are looked for in besides fields: things named in texts, and phrases that are new in a topic.
CREATE TABLE record_entities (
    record_id VARCHAR NOT NULL,
    content_hash VARCHAR NOT NULL,
    revision VARCHAR NOT NULL,
    entities MAP(VARCHAR, VARCHAR) NOT NULL
);

CREATE TABLE topic_phrases (
    topic_id VARCHAR NOT NULL,
    place INTEGER NOT NULL,
    phrase VARCHAR NOT NULL,
    mentions BIGINT NOT NULL,
    past_mentions BIGINT NOT NULL,
    other_mentions BIGINT NOT NULL,
    log_odds DOUBLE NOT NULL,
    low DOUBLE NOT NULL,
    high DOUBLE NOT NULL,
    others_log_odds DOUBLE NOT NULL,
    q_value DOUBLE NOT NULL,
    quotes VARCHAR[] NOT NULL
);
