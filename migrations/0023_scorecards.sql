-- What scorecards count, worked out with the clocks of each ticket.

-- The time that counted when it was done, as its target counts time; NULL unless it was done.
ALTER TABLE obligations ADD COLUMN used_ms BIGINT;
-- once, earlier (it went on after a reopening) or never (its ticket is spam or told elsewhere).
ALTER TABLE obligations ADD COLUMN counting TEXT NOT NULL DEFAULT 'once';
CREATE INDEX obligations_owed_by_client ON obligations (client_id) WHERE settled_at_ms IS NULL;
CREATE INDEX obligations_owed_by_responsible ON obligations (responsible_id) WHERE settled_at_ms IS NULL;

-- Whose turn it was, in order: what turn strips are drawn from and where the time went.
CREATE TABLE turns (
    ticket_id BIGINT NOT NULL REFERENCES tickets (id),
    number BIGINT NOT NULL,
    -- desk, client, third-party, parked, resolved or nobody.
    whose {text} NOT NULL,
    from_ms BIGINT NOT NULL,
    -- NULL while it lasts.
    to_ms BIGINT,
    -- On whose record it goes: the ticket's, as they were then.
    client_id BIGINT,
    queue_id BIGINT NOT NULL,
    responsible_id BIGINT NOT NULL,
    PRIMARY KEY (ticket_id, number)
);
CREATE INDEX turns_by_client ON turns (client_id, to_ms, from_ms, whose);
CREATE INDEX turns_by_responsible ON turns (responsible_id, to_ms, from_ms, whose);
CREATE INDEX turns_by_end ON turns (to_ms, from_ms, whose, queue_id);

-- Lists of the team: by turn and then by what is due next, and what is late.
CREATE INDEX tickets_by_turn_due ON tickets (shelf, turn_rank, coalesce(due_at_ms, 0), id);
CREATE INDEX tickets_by_own_due ON tickets (responsible_id, shelf, turn_rank, coalesce(due_at_ms, 0), id);
CREATE INDEX tickets_by_shelf_due ON tickets (shelf, coalesce(due_at_ms, 0), id);
-- The orders these take the place of.
DROP INDEX tickets_by_turn;
DROP INDEX tickets_by_responsible;

-- Tickets from before are looked at once more as soon as Kept starts.
UPDATE tickets SET alarm_at_ms = opened_at_ms;
