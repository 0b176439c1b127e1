-- Web-hooks told the same way whoever they are for; what each agent hears by which road; where a notice leads.

-- The deliveries of rules, and now those of alarms and of agents as well.
--[sqlite]
CREATE TABLE hook_deliveries_now (
    id {id},
    rule_id BIGINT REFERENCES rules (id),
    person_id BIGINT REFERENCES people (id),
    notification_id BIGINT,
    ticket_id BIGINT REFERENCES tickets (id),
    url TEXT,
    body TEXT NOT NULL,
    state {text} NOT NULL,
    attempts BIGINT NOT NULL,
    status BIGINT,
    says TEXT,
    created_at_ms BIGINT NOT NULL,
    ended_at_ms BIGINT
);
INSERT INTO hook_deliveries_now (id, rule_id, ticket_id, url, body, state, attempts, status, says, created_at_ms, ended_at_ms)
    SELECT id, rule_id, ticket_id, url, body, state, attempts, status, says, created_at_ms, ended_at_ms FROM hook_deliveries;
DROP TABLE hook_deliveries;
ALTER TABLE hook_deliveries_now RENAME TO hook_deliveries;
CREATE INDEX hook_deliveries_by_rule ON hook_deliveries (rule_id, id);
CREATE INDEX hook_deliveries_by_time ON hook_deliveries (created_at_ms);
--[postgres]
ALTER TABLE hook_deliveries ALTER COLUMN rule_id DROP NOT NULL;
ALTER TABLE hook_deliveries ALTER COLUMN ticket_id DROP NOT NULL;
ALTER TABLE hook_deliveries ALTER COLUMN url DROP NOT NULL;
ALTER TABLE hook_deliveries ADD COLUMN person_id BIGINT REFERENCES people (id);
-- What was read before it is told need not be told.
ALTER TABLE hook_deliveries ADD COLUMN notification_id BIGINT;
--[both]
CREATE INDEX hook_deliveries_by_person ON hook_deliveries (person_id, id) WHERE person_id IS NOT NULL;

-- Alarms on their way go on in the same line as all others.
INSERT INTO hook_deliveries (body, state, attempts, created_at_ms)
    SELECT body, 'queued', 0, created_at_ms FROM jobs WHERE kind = 'alarm-hook' AND buried_at_ms IS NULL;
INSERT INTO jobs (kind, body, run_at_ms, created_at_ms)
    SELECT 'web-hook', CAST(id AS TEXT), created_at_ms, created_at_ms FROM hook_deliveries
    WHERE state = 'queued' AND rule_id IS NULL AND person_id IS NULL;
DELETE FROM jobs WHERE kind = 'alarm-hook';

-- Each agent's own web-hook: address and secret, sealed.
CREATE TABLE notification_hooks (
    person_id BIGINT NOT NULL PRIMARY KEY REFERENCES people (id),
    sealed TEXT NOT NULL,
    set_at_ms BIGINT NOT NULL
);

-- 1 or 0 once somebody chose; NULL means as built in.
ALTER TABLE notification_choices ADD COLUMN hook BIGINT;
ALTER TABLE notification_choices ADD COLUMN pop_up BIGINT;

-- The message it is about, where there is one.
ALTER TABLE notifications ADD COLUMN message_id BIGINT;
-- 1 when a computer of theirs may show it by itself.
ALTER TABLE notifications ADD COLUMN pop_up BIGINT NOT NULL DEFAULT 0;
CREATE INDEX notifications_by_kind ON notifications (person_id, kind, id);
