-- Text is kept byte for byte; ids are content hashes in lower-case hex.
CREATE TABLE example (
    id          TEXT PRIMARY KEY NOT NULL,
    language    TEXT NOT NULL,
    title       TEXT NOT NULL,
    fix         TEXT NOT NULL,
    code        TEXT NOT NULL,
    insecure    TEXT NOT NULL,
    kind        TEXT NOT NULL, -- the columns from here to licence are the example's source
    repository  TEXT NOT NULL,
    commit_id   TEXT NOT NULL,
    path        TEXT NOT NULL,
    cve         TEXT NOT NULL,
    dataset     TEXT NOT NULL,
    licence     TEXT NOT NULL,
    admitted_at TEXT NOT NULL, -- RFC 3339 with nanoseconds, UTC
    admitted_by TEXT NOT NULL,
    checked_by  TEXT NOT NULL  -- a JSON array of strings
);

CREATE INDEX example_language ON example (language, id);
CREATE INDEX example_kind ON example (kind, id);

CREATE TABLE example_cwe (
    example_id TEXT NOT NULL REFERENCES example (id) ON DELETE CASCADE,
    position   INTEGER NOT NULL, -- 0 is the main one
    cwe        INTEGER NOT NULL,
    PRIMARY KEY (example_id, position)
) WITHOUT ROWID;

CREATE INDEX example_cwe_cwe ON example_cwe (cwe, example_id);

CREATE TABLE vector (
    example_id TEXT NOT NULL REFERENCES example (id) ON DELETE CASCADE,
    embedder   TEXT NOT NULL,
    vals       BLOB NOT NULL, -- float32, little-endian, end to end
    PRIMARY KEY (embedder, example_id)
);

CREATE INDEX vector_example ON vector (example_id);

CREATE TABLE meta (
    key   TEXT PRIMARY KEY NOT NULL,
    value TEXT NOT NULL
) WITHOUT ROWID;

-- Counts the changes of the examples, for readers that keep what they have read.
CREATE TABLE revision (number INTEGER NOT NULL);
INSERT INTO revision VALUES (0);

CREATE TRIGGER example_inserted AFTER INSERT ON example
BEGIN
    UPDATE revision SET number = number + 1;
END;

CREATE TRIGGER example_deleted AFTER DELETE ON example
BEGIN
    UPDATE revision SET number = number + 1;
END;

CREATE TRIGGER example_updated AFTER UPDATE ON example
BEGIN
    UPDATE revision SET number = number + 1;
END;
