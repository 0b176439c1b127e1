-- Checklists of tickets, templates for new tickets, and tickets that recur.

-- The steps of a ticket: a cache of its events.
CREATE TABLE steps (
    ticket_id BIGINT NOT NULL REFERENCES tickets (id),
    -- Its number on this ticket, never given out twice there.
    step BIGINT NOT NULL,
    position BIGINT NOT NULL,
    what TEXT NOT NULL,
    person_id BIGINT REFERENCES people (id),
    due_at_ms BIGINT,
    done_at_ms BIGINT,
    -- NULL when a program ticked it.
    done_by BIGINT REFERENCES people (id),
    evidence TEXT,
    PRIMARY KEY (ticket_id, step)
);
CREATE INDEX steps_by_person ON steps (person_id, due_at_ms) WHERE done_at_ms IS NULL;

CREATE TABLE ticket_templates (
    id {id},
    name TEXT NOT NULL,
    -- JSON: subject, text, queue, kind, priority, tags, steps.
    content TEXT NOT NULL,
    -- It is offered no more; what was made of it stays.
    removed_at_ms BIGINT
);

CREATE TABLE recurrences (
    id {id},
    name TEXT NOT NULL,
    template_id BIGINT NOT NULL REFERENCES ticket_templates (id),
    client_id BIGINT REFERENCES clients (id),
    -- NULL: as the template says.
    queue_id BIGINT REFERENCES queues (id),
    -- RFC 5545, such as FREQ=MONTHLY;BYDAY=1MO, from this day on, at this time of the zone.
    rule {text} NOT NULL,
    first_on {text} NOT NULL,
    at_time {text} NOT NULL,
    zone {text} NOT NULL,
    -- When the next ticket is opened; NULL when there is none to come or while it pauses.
    next_at_ms BIGINT,
    is_paused BIGINT NOT NULL,
    removed_at_ms BIGINT
);
CREATE INDEX recurrences_by_time ON recurrences (next_at_ms) WHERE next_at_ms IS NOT NULL;

-- Each date once, whatever happens.
CREATE TABLE recurrence_runs (
    recurrence_id BIGINT NOT NULL REFERENCES recurrences (id),
    on_date {text} NOT NULL,
    at_ms BIGINT NOT NULL,
    -- NULL only until the transaction that opens it is done.
    ticket_id BIGINT REFERENCES tickets (id),
    PRIMARY KEY (recurrence_id, on_date)
);
CREATE INDEX recurrence_runs_by_ticket ON recurrence_runs (ticket_id);
