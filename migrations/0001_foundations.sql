-- What every part of Kept stands on: durable jobs, contents of files, settings, full text.
-- {id}, {text}, {blob} and the --[...] lines are explained in crates/kept-store/src/migrations.rs.

CREATE TABLE settings (
    key   {text} NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
);

-- Work that must happen after the transaction that asked for it. A row is deleted when it is done.
CREATE TABLE jobs (
    id             {id},
    kind           {text} NOT NULL,
    body           TEXT NOT NULL,        -- JSON, opaque to SQL
    unique_key     {text},               -- at most one waiting or running job has it
    run_at_ms      BIGINT NOT NULL,
    attempts       BIGINT NOT NULL DEFAULT 0,
    leased_by      {text},
    lease_until_ms BIGINT,
    again_at_ms    BIGINT,               -- asked for again while it runs
    created_at_ms  BIGINT NOT NULL,
    last_error     TEXT,
    buried_at_ms   BIGINT                -- given up; waits for a person
);

CREATE INDEX jobs_due ON jobs (run_at_ms, id) WHERE buried_at_ms IS NULL;
CREATE UNIQUE INDEX jobs_unique_key ON jobs (unique_key) WHERE buried_at_ms IS NULL;
CREATE INDEX jobs_leased ON jobs (lease_until_ms) WHERE leased_by IS NOT NULL;
CREATE INDEX jobs_buried ON jobs (buried_at_ms) WHERE buried_at_ms IS NOT NULL;

-- Contents by their SHA-256. Small ones are here; the body of a large one is NULL and is a file.
CREATE TABLE blobs (
    sha256     {text} NOT NULL PRIMARY KEY,
    size_bytes BIGINT NOT NULL,
    body       {blob}
);

-- The words of each message, for search. Can be rebuilt from the messages.
CREATE TABLE message_words (
    message_id BIGINT NOT NULL PRIMARY KEY,
    ticket_id  BIGINT NOT NULL
--[postgres]
    , words    tsvector NOT NULL
--[both]
);

CREATE INDEX message_words_ticket ON message_words (ticket_id);

--[sqlite]
CREATE VIRTUAL TABLE message_words_index USING fts5 (
    subject, people, body,
    content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 0'
);
--[postgres]
CREATE INDEX message_words_index ON message_words USING gin (words);
