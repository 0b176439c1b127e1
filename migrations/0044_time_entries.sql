-- Who worked on which ticket, when and for how long: a cache of the tickets' events. What is logged is never rounded here.

CREATE TABLE time_entries (
    ticket_id BIGINT NOT NULL REFERENCES tickets (id),
    -- Its number on this ticket, never given out twice there.
    entry BIGINT NOT NULL,
    person_id BIGINT NOT NULL REFERENCES people (id),
    -- When the work began; NULL when only its day is known, and then that.
    began_at_ms BIGINT,
    on_day {text},
    seconds BIGINT NOT NULL,
    -- work, call, visit or travel.
    work_type {text} NOT NULL,
    -- What was done, in words the client may read.
    text TEXT,
    -- What was written or said in that time.
    message_id BIGINT,
    logged_at_ms BIGINT NOT NULL,
    -- It counts no longer.
    removed_at_ms BIGINT,
    PRIMARY KEY (ticket_id, entry)
);
