-- Which topics customers write of after others, and what that was counted from.
CREATE TABLE topic_sequences (
    place INTEGER NOT NULL,
    topic_id VARCHAR NOT NULL,
    next_id VARCHAR NOT NULL,
    contacts BIGINT NOT NULL,
    expected DOUBLE NOT NULL,
    excess DOUBLE NOT NULL,
    ratio DOUBLE NOT NULL,
    low DOUBLE NOT NULL,
    high DOUBLE NOT NULL,
    customers BIGINT NOT NULL,
    first_customers BIGINT NOT NULL,
    days_low DOUBLE NOT NULL,
    days DOUBLE NOT NULL,
    days_high DOUBLE NOT NULL,
    reverse BIGINT NOT NULL,
    ordered BOOLEAN NOT NULL,
    q_value DOUBLE NOT NULL,
    strength VARCHAR NOT NULL
);

CREATE TABLE sequence_basis (
    days INTEGER NOT NULL,
    first_day DATE NOT NULL,
    last_day DATE NOT NULL,
    contacts BIGINT NOT NULL,
    without_customer BIGINT NOT NULL
);
