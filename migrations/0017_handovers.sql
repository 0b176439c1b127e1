-- Everything one agent holds on its way to others, a part at a time.

CREATE TABLE handovers (
    id {id},
    from_id BIGINT NOT NULL REFERENCES people (id),
    -- One of the two: an agent, or a queue whose people on duty share it.
    to_person BIGINT,
    to_queue BIGINT,
    reason TEXT NOT NULL,
    -- 1 when the others hold it at once, 0 when it is offered to them.
    outright BIGINT NOT NULL,
    by_id BIGINT NOT NULL,
    began_ms BIGINT NOT NULL,
    ended_ms BIGINT,
    -- The last ticket that was looked at: where it goes on after a restart.
    after_ticket BIGINT NOT NULL,
    total BIGINT NOT NULL,
    moved BIGINT NOT NULL,
    -- Those that could not be handed over; they stay where they are.
    stayed BIGINT NOT NULL
);
CREATE INDEX handovers_by_person ON handovers (from_id, id);
CREATE INDEX handovers_under_way ON handovers (id) WHERE ended_ms IS NULL;
