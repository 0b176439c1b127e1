-- What a desk asks of its tickets besides what every ticket has.

CREATE TABLE custom_fields (
    id {id},
    -- As the search names it: field.NAME; never given out twice.
    slug {text} NOT NULL UNIQUE,
    kind {text} NOT NULL,
    position BIGINT NOT NULL,
    -- JSON: name, help, choices, the queues and types it is for, whether resolving asks for it.
    content TEXT NOT NULL,
    -- It is asked no more; what was filled in stays.
    retired_at_ms BIGINT
);

-- What tickets hold: a cache of their events.
CREATE TABLE ticket_fields (
    ticket_id BIGINT NOT NULL REFERENCES tickets (id),
    field_id BIGINT NOT NULL REFERENCES custom_fields (id),
    value TEXT NOT NULL,
    -- What compares: a number in ten-thousandths, a date in days since 1970, the number of a person.
    number BIGINT,
    PRIMARY KEY (ticket_id, field_id)
);
CREATE INDEX ticket_fields_by_number ON ticket_fields (field_id, number, ticket_id);
