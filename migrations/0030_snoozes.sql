-- What agents put off: a ticket is out of one person's Now and Inbox until it wakes. A cache of events.

CREATE TABLE snoozes (
    person_id BIGINT NOT NULL REFERENCES people (id),
    ticket_id BIGINT NOT NULL REFERENCES tickets (id),
    -- JSON: a time, or what has to happen.
    until_what TEXT NOT NULL,
    began_at_ms BIGINT NOT NULL,
    -- When it comes back by itself, and why then. NULL while only something that happens brings it back.
    wake_at_ms BIGINT,
    wake_why {text},
    -- It is back since then, and its row says why until the person acts on it. NULL while it sleeps.
    woken_at_ms BIGINT,
    woken_why {text},
    PRIMARY KEY (person_id, ticket_id)
);
CREATE INDEX snoozes_by_ticket ON snoozes (ticket_id);
CREATE INDEX snoozes_to_wake ON snoozes (wake_at_ms) WHERE wake_at_ms IS NOT NULL;
