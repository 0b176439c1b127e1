-- One act on many tickets, a part at a time, and what takes it back.

CREATE TABLE bulk_acts (
    id {id},
    by_id BIGINT NOT NULL REFERENCES people (id),
    -- The search that found them; NULL when they were ticked.
    search TEXT,
    -- JSON: what is done.
    act TEXT NOT NULL,
    -- doing, done, undoing or undone.
    state {text} NOT NULL,
    began_ms BIGINT NOT NULL,
    ended_ms BIGINT
);
CREATE INDEX bulk_acts_under_way ON bulk_acts (id) WHERE state IN ('doing', 'undoing');

-- The tickets are fixed when it begins: whatever happens meanwhile, it ends.
CREATE TABLE bulk_tickets (
    bulk_id BIGINT NOT NULL REFERENCES bulk_acts (id),
    ticket_id BIGINT NOT NULL REFERENCES tickets (id),
    -- waiting, done, same, refused, undone or stayed.
    outcome {text} NOT NULL,
    -- Why it was refused or stayed, said of several.
    why TEXT,
    -- JSON: how it stood, to put it back.
    before TEXT,
    PRIMARY KEY (bulk_id, ticket_id)
);
CREATE INDEX bulk_tickets_by_outcome ON bulk_tickets (bulk_id, outcome, ticket_id);
