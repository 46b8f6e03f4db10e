-- Records as they came (redacted), the mentions cut from them, and what each run found.
CREATE TABLE records (
    record_id VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    external_id VARCHAR NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    updated_at TIMESTAMPTZ,
    resolved_at TIMESTAMPTZ,
    kind VARCHAR,
    channel VARCHAR,
    language VARCHAR,
    product VARCHAR,
    version VARCHAR,
    platform VARCHAR,
    plan VARCHAR,
    region VARCHAR,
    journey_stage VARCHAR,
    status VARCHAR,
    priority VARCHAR,
    customer_ref VARCHAR,
    tags VARCHAR[],
    attributes MAP(VARCHAR, VARCHAR),
    reopens INTEGER,
    transfers INTEGER,
    replies INTEGER,
    contacts INTEGER,
    csat DOUBLE,
    nps DOUBLE,
    ces DOUBLE,
    rating DOUBLE,
    text VARCHAR NOT NULL,
    content_hash VARCHAR NOT NULL,
    boilerplate STRUCT("start" INTEGER, "end" INTEGER, reason VARCHAR)[],
    redactions MAP(VARCHAR, INTEGER),
    day DATE NOT NULL,
    pending BOOLEAN NOT NULL
);

CREATE TABLE rejects (
    run_id VARCHAR NOT NULL,
    file VARCHAR NOT NULL,
    "row" BIGINT NOT NULL,
    field VARCHAR,
    reason VARCHAR NOT NULL
);

CREATE TABLE passages (
    source VARCHAR NOT NULL,
    passage_hash VARCHAR NOT NULL,
    n_records BIGINT NOT NULL,
    n_alone BIGINT NOT NULL
);

CREATE TABLE mentions (
    mention_id VARCHAR NOT NULL,
    record_id VARCHAR NOT NULL,
    ordinal INTEGER NOT NULL,
    "start" INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    text VARCHAR NOT NULL,
    text_hash VARCHAR NOT NULL,
    language VARCHAR NOT NULL,
    tokens STRUCT(lemma VARCHAR, pos VARCHAR, "start" INTEGER, "end" INTEGER)[] NOT NULL,
    day DATE NOT NULL,
    space VARCHAR
);

-- The encoder whose vectors each space lives in now.
CREATE TABLE encoders (
    space VARCHAR NOT NULL,
    revision VARCHAR NOT NULL,
    dim INTEGER NOT NULL
);

CREATE TABLE intents (
    classifier VARCHAR NOT NULL,
    text_hash VARCHAR NOT NULL,
    probabilities FLOAT[6] NOT NULL
);

CREATE TABLE topics (
    topic_id VARCHAR NOT NULL,
    space VARCHAR NOT NULL,
    label VARCHAR NOT NULL,
    keywords STRUCT(word VARCHAR, weight DOUBLE)[] NOT NULL,
    quotes STRUCT(
        mention_id VARCHAR, record_id VARCHAR, "start" INTEGER, "end" INTEGER, text VARCHAR, similarity DOUBLE
    )[] NOT NULL,
    intents MAP(VARCHAR, DOUBLE) NOT NULL,
    hidden BOOLEAN NOT NULL,
    born_run VARCHAR NOT NULL,
    named_run VARCHAR NOT NULL,
    retired BOOLEAN NOT NULL
);

CREATE TABLE assignments (
    mention_id VARCHAR NOT NULL,
    topic_id VARCHAR NOT NULL,
    similarity FLOAT NOT NULL
);

CREATE TABLE runs (
    run_id VARCHAR NOT NULL,
    as_of DATE,
    started_at TIMESTAMPTZ NOT NULL,
    finished_at TIMESTAMPTZ,
    outcome VARCHAR NOT NULL,
    manifest JSON
);
