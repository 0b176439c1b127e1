-- What somebody is writing and has not sent: one text per person and ticket, read by nobody else.

CREATE TABLE unsent (
    person_id BIGINT NOT NULL REFERENCES people (id),
    -- 0 for a ticket that is not opened yet.
    ticket_id BIGINT NOT NULL,
    text TEXT NOT NULL,
    -- JSON: the other fields of its form, a pair each.
    fields TEXT NOT NULL,
    -- Also tells one version from the next.
    saved_at_ms BIGINT NOT NULL,
    -- JSON: what was written elsewhere meanwhile and lost against the text. NULL when nothing was.
    other TEXT,
    -- It was thrown away, and can be brought back for a while. NULL while it waits.
    discarded_at_ms BIGINT,
    PRIMARY KEY (person_id, ticket_id)
);
