-- What people promised: a cache of events, like the rest of a ticket. A number is never given out twice.

CREATE TABLE promises (
    id {id},
    ticket_id BIGINT NOT NULL REFERENCES tickets (id),
    -- desk or client.
    side {text} NOT NULL,
    -- Whoever keeps it.
    person_id BIGINT NOT NULL REFERENCES people (id),
    what TEXT NOT NULL,
    due_at_ms BIGINT NOT NULL,
    made_at_ms BIGINT NOT NULL,
    -- The message it was given in, and the one that kept it.
    message_id BIGINT,
    kept_message_id BIGINT,
    -- open, renegotiated, kept, late, broken or dropped.
    state {text} NOT NULL
);
CREATE INDEX promises_by_ticket ON promises (ticket_id, id);
CREATE INDEX promises_owed ON promises (due_at_ms, id) WHERE state IN ('open', 'renegotiated', 'broken');
