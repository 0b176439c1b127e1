-- Who takes part in a ticket beside its requester, and whose words a message brings when somebody else
-- sent them.

-- A cache of the ticket's events, kept by every change; `kept doctor --rebuild` proves it.
CREATE TABLE participants (
    ticket_id BIGINT NOT NULL REFERENCES tickets (id),
    person_id BIGINT NOT NULL REFERENCES people (id),
    -- Where they hear what is said.
    address {text} NOT NULL,
    since_ms BIGINT NOT NULL,
    -- The mail that named them; NULL when an agent added them.
    message_id BIGINT,
    -- Taken out by hand: mail that names them again does not bring them back.
    is_out BIGINT NOT NULL,
    PRIMARY KEY (ticket_id, person_id)
);
CREATE INDEX participants_by_person ON participants (person_id, ticket_id);

-- How a message's words came: forwarded by somebody, or sent by a web form.
CREATE TABLE message_origins (
    message_id BIGINT NOT NULL PRIMARY KEY REFERENCES messages (id),
    -- JSON that the app understands.
    body TEXT NOT NULL
);
