-- What clients do by their agreements: each time one was asked for it, and when each is asked for next.

CREATE TABLE duty_runs (
    id {id},
    agreement_id BIGINT NOT NULL REFERENCES agreements (id),
    -- Its number within the agreement.
    duty BIGINT NOT NULL,
    -- The day it is for, such as 2026-12-01. Asked for once, whatever happens.
    on_date {text} NOT NULL,
    client_id BIGINT NOT NULL REFERENCES clients (id),
    what TEXT NOT NULL,
    asked_at_ms BIGINT NOT NULL,
    -- NULL only until the transaction that asks has opened it.
    ticket_id BIGINT REFERENCES tickets (id),
    -- From here on a cache of the ticket's events: asked, unheard, late, done, done-late, not-done, asked-again or dropped.
    state {text} NOT NULL,
    due_at_ms BIGINT,
    ended_at_ms BIGINT,
    UNIQUE (agreement_id, duty, on_date)
);
CREATE INDEX duty_runs_by_ticket ON duty_runs (ticket_id, id);
CREATE INDEX duty_runs_by_client ON duty_runs (client_id, asked_at_ms, id);

-- Worked out anew when the agreement changes, and after each asking.
CREATE TABLE duty_plans (
    agreement_id BIGINT NOT NULL REFERENCES agreements (id),
    duty BIGINT NOT NULL,
    on_date {text} NOT NULL,
    at_ms BIGINT NOT NULL,
    PRIMARY KEY (agreement_id, duty)
);
CREATE INDEX duty_plans_by_time ON duty_plans (at_ms);
