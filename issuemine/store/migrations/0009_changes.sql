-- Since when topics have another rate, and which entries of the change log came shortly before.
CREATE TABLE topic_change_points (
    topic_id VARCHAR NOT NULL,
    day DATE NOT NULL,
    first DATE NOT NULL,
    last DATE NOT NULL,
    ratio DOUBLE NOT NULL,
    low DOUBLE NOT NULL,
    high DOUBLE NOT NULL,
    records BIGINT NOT NULL,
    before_records BIGINT NOT NULL,
    days INTEGER NOT NULL,
    before_days INTEGER NOT NULL,
    p_value DOUBLE NOT NULL,
    q_value DOUBLE NOT NULL,
    strength VARCHAR NOT NULL
);

CREATE TABLE topic_changes (
    topic_id VARCHAR NOT NULL,
    day DATE NOT NULL,
    place INTEGER NOT NULL,
    event_id BIGINT NOT NULL,
    kind VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    start DATE NOT NULL,
    "end" DATE NOT NULL,
    scope MAP(VARCHAR, VARCHAR) NOT NULL,
    note VARCHAR NOT NULL,
    ended BOOLEAN NOT NULL,
    lag_days INTEGER NOT NULL,
    date_fit DOUBLE NOT NULL,
    scope_fit DOUBLE,
    scope_share DOUBLE,
    fit DOUBLE NOT NULL,
    placebo DOUBLE NOT NULL,
    strength VARCHAR NOT NULL
);
