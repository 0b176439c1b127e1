-- What clients and the desk owe each other, and what follows from it for each ticket.

CREATE TABLE agreements (
    id {id},
    name TEXT NOT NULL,
    -- Whose tickets it is for; both NULL: everybody without one of their own.
    client_id BIGINT UNIQUE REFERENCES clients (id),
    queue_id BIGINT UNIQUE REFERENCES queues (id),
    created_at_ms BIGINT NOT NULL,
    -- From when on it is over.
    until_ms BIGINT
);

-- Only ever added to: a version means the same for ever.
CREATE TABLE agreement_versions (
    id {id},
    agreement_id BIGINT NOT NULL REFERENCES agreements (id),
    number BIGINT NOT NULL,
    from_ms BIGINT NOT NULL,
    -- JSON: hours, targets, pauses, ladders.
    wording TEXT NOT NULL,
    created_at_ms BIGINT NOT NULL,
    -- NULL when Kept wrote it on its first start.
    person_id BIGINT,
    UNIQUE (agreement_id, number)
);

-- Who owed what by when: a cache of events, agreements and calendars, which `kept doctor --rebuild` works out anew.
CREATE TABLE obligations (
    ticket_id BIGINT NOT NULL REFERENCES tickets (id),
    owed {text} NOT NULL,
    run BIGINT NOT NULL,
    side {text} NOT NULL,
    began_at_ms BIGINT NOT NULL,
    -- NULL while it is paused.
    due_at_ms BIGINT,
    warn_at_ms BIGINT,
    -- The due time that passed unmet.
    missed_at_ms BIGINT,
    ended_at_ms BIGINT,
    -- done or dropped.
    ended_how {text},
    -- When it was met, missed or dropped, whichever came first: what scorecards count by.
    settled_at_ms BIGINT,
    -- met, missed or dropped.
    outcome {text},
    -- For scorecards: the ticket's, as they were when it was settled.
    client_id BIGINT,
    queue_id BIGINT NOT NULL,
    responsible_id BIGINT NOT NULL,
    PRIMARY KEY (ticket_id, owed, run)
);
CREATE INDEX obligations_by_client ON obligations (client_id, settled_at_ms) WHERE settled_at_ms IS NOT NULL;
CREATE INDEX obligations_by_queue ON obligations (queue_id, settled_at_ms) WHERE settled_at_ms IS NOT NULL;
CREATE INDEX obligations_by_responsible ON obligations (responsible_id, settled_at_ms) WHERE settled_at_ms IS NOT NULL;
CREATE INDEX obligations_by_settling ON obligations (settled_at_ms) WHERE settled_at_ms IS NOT NULL;

-- What is due next on a ticket, by either side; NULL when nothing is.
ALTER TABLE tickets ADD COLUMN due_at_ms BIGINT;
ALTER TABLE tickets ADD COLUMN due_owed TEXT;
ALTER TABLE tickets ADD COLUMN due_side TEXT;
-- When the clocks have to look at it again: something falls due, a warning, a step of a ladder.
ALTER TABLE tickets ADD COLUMN alarm_at_ms BIGINT;

-- Tickets from before there were clocks are looked at as soon as Kept starts.
UPDATE tickets SET alarm_at_ms = opened_at_ms, due_at_ms = turn_since_ms, due_owed = 'resolution', due_side = 'desk'
    WHERE shelf IN ('open', 'parked', 'resolved');

CREATE INDEX tickets_by_alarm ON tickets (alarm_at_ms, id) WHERE alarm_at_ms IS NOT NULL;
CREATE INDEX tickets_by_due ON tickets (shelf, responsible_id, due_at_ms, id);
