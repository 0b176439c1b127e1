-- When somebody is not here, and dates on which a queue's rota differs.

CREATE TABLE absences (
    id {id},
    person_id BIGINT NOT NULL REFERENCES people (id),
    from_ms BIGINT NOT NULL,
    -- Not included.
    until_ms BIGINT NOT NULL,
    reason TEXT NOT NULL
);
CREATE INDEX absences_by_person ON absences (person_id, until_ms);
CREATE INDEX absences_by_end ON absences (until_ms, id);

CREATE TABLE duty_exceptions (
    id {id},
    queue_id BIGINT NOT NULL REFERENCES queues (id),
    -- ISO 8601, in the queue's zone.
    date {text} NOT NULL,
    -- Whose duty it would have been; NULL for everybody's.
    instead_of BIGINT,
    -- Who has it; NULL for nobody.
    person_id BIGINT
);
CREATE INDEX duty_exceptions_by_date ON duty_exceptions (date, id);
