-- Tags on tickets, and the rules of the desk: when something happens, and a search holds, then act.

-- The ticket's tags in order, with spaces between. A cache of its events.
ALTER TABLE tickets ADD COLUMN tags TEXT NOT NULL DEFAULT '';

-- The same, a row a tag, for the search.
CREATE TABLE ticket_tags (
    tag {text} NOT NULL,
    ticket_id BIGINT NOT NULL REFERENCES tickets (id),
    PRIMARY KEY (tag, ticket_id)
);
CREATE INDEX ticket_tags_by_ticket ON ticket_tags (ticket_id);

-- The rule that did it; NULL when a person or Kept itself did.
ALTER TABLE events ADD COLUMN rule_id BIGINT;

CREATE TABLE rules (
    id {id},
    -- They run in this order.
    position BIGINT NOT NULL,
    -- JSON: name, on or off, when, if, then.
    body TEXT NOT NULL,
    -- A rule that is gone still has a name in the history of tickets.
    removed_at_ms BIGINT
);

-- Who changed which rule, and what it was before, so that a change can be taken back.
CREATE TABLE rule_changes (
    id {id},
    rule_id BIGINT NOT NULL REFERENCES rules (id),
    at_ms BIGINT NOT NULL,
    person_id BIGINT,
    what TEXT NOT NULL,
    -- JSON: the rule before; NULL when it is new.
    before TEXT,
    was_removed BIGINT NOT NULL
);
CREATE INDEX rule_changes_by_rule ON rule_changes (rule_id, id);

-- Each time a rule fired, forgotten after some months.
CREATE TABLE rule_firings (
    id {id},
    rule_id BIGINT NOT NULL REFERENCES rules (id),
    ticket_id BIGINT NOT NULL REFERENCES tickets (id),
    at_ms BIGINT NOT NULL
);
CREATE INDEX rule_firings_by_rule ON rule_firings (rule_id, at_ms);
CREATE INDEX rule_firings_by_time ON rule_firings (at_ms);

-- What web-hooks were told and how they answered, forgotten after some weeks.
CREATE TABLE hook_deliveries (
    id {id},
    rule_id BIGINT NOT NULL REFERENCES rules (id),
    ticket_id BIGINT NOT NULL REFERENCES tickets (id),
    url TEXT NOT NULL,
    -- JSON as it is sent.
    body TEXT NOT NULL,
    -- queued, delivered or failed.
    state {text} NOT NULL,
    attempts BIGINT NOT NULL,
    -- The answer's HTTP status; NULL when there was none.
    status BIGINT,
    says TEXT,
    created_at_ms BIGINT NOT NULL,
    ended_at_ms BIGINT
);
CREATE INDEX hook_deliveries_by_rule ON hook_deliveries (rule_id, id);
CREATE INDEX hook_deliveries_by_time ON hook_deliveries (created_at_ms);
