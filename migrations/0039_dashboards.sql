-- Reports and dashboards: what figures are counted from, pages of figures, and to whom these are mailed.

-- Reports are counted from these columns alone, without looking at the tickets themselves.
CREATE INDEX tickets_reported ON tickets
    (opened_at_ms, shelf, client_id, queue_id, responsible_id, status, turn_rank, priority, kind, resolved_at_ms);
CREATE INDEX tickets_by_resolving ON tickets (resolved_at_ms, shelf) WHERE resolved_at_ms IS NOT NULL;

CREATE TABLE dashboards (
    id {id},
    owner_id BIGINT NOT NULL REFERENCES people (id),
    shared BIGINT NOT NULL,
    -- JSON: name and cards.
    wish TEXT NOT NULL,
    -- A dashboard that is gone can be brought back.
    removed_at_ms BIGINT
);
CREATE INDEX dashboards_of ON dashboards (owner_id, id) WHERE removed_at_ms IS NULL;
CREATE INDEX dashboards_shared ON dashboards (shared, id) WHERE removed_at_ms IS NULL;

CREATE TABLE dashboard_mailings (
    id {id},
    -- NULL for the overview everybody has.
    dashboard_id BIGINT REFERENCES dashboards (id),
    by_id BIGINT NOT NULL REFERENCES people (id),
    -- JSON: how often, which day, what time, whose zone.
    schedule TEXT NOT NULL,
    -- NULL once it is over.
    next_at_ms BIGINT
);
CREATE INDEX dashboard_mailings_due ON dashboard_mailings (next_at_ms) WHERE next_at_ms IS NOT NULL;
CREATE INDEX dashboard_mailings_of ON dashboard_mailings (dashboard_id, id);

CREATE TABLE dashboard_recipients (
    mailing_id BIGINT NOT NULL REFERENCES dashboard_mailings (id),
    person_id BIGINT NOT NULL REFERENCES people (id),
    -- They said that they want it no longer.
    stopped_at_ms BIGINT,
    PRIMARY KEY (mailing_id, person_id)
);
