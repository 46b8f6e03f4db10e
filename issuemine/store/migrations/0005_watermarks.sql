-- How far each source has been read, and by which row of an export each record was last told.
ALTER TABLE records ADD COLUMN fingerprint VARCHAR;

CREATE TABLE watermarks (
    source VARCHAR NOT NULL,
    newest TIMESTAMPTZ NOT NULL,
    run_id VARCHAR NOT NULL,
    before TIMESTAMPTZ
);
INSERT INTO watermarks
SELECT source, max(created_at), '', NULL FROM records GROUP BY source;
