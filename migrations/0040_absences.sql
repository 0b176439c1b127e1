-- Who stands in for somebody who is away, and what went over because of it.

ALTER TABLE absences ADD COLUMN stand_in_id BIGINT;
-- 1 when the other holds it at once, 0 when it is offered to them.
ALTER TABLE absences ADD COLUMN outright BIGINT NOT NULL DEFAULT 0;
-- 1 when what is still open comes back at the end.
ALTER TABLE absences ADD COLUMN gives_back BIGINT NOT NULL DEFAULT 0;
ALTER TABLE absences ADD COLUMN entered_by BIGINT;
-- When the hand-over began, and when it went back.
ALTER TABLE absences ADD COLUMN handed_ms BIGINT;
ALTER TABLE absences ADD COLUMN returned_ms BIGINT;
-- They were not away after all; it can be brought back.
ALTER TABLE absences ADD COLUMN removed_at_ms BIGINT;
CREATE INDEX absences_to_hand ON absences (from_ms) WHERE stand_in_id IS NOT NULL AND handed_ms IS NULL;
CREATE INDEX absences_to_return ON absences (until_ms) WHERE gives_back = 1 AND handed_ms IS NOT NULL AND returned_ms IS NULL;

ALTER TABLE handovers ADD COLUMN absence_id BIGINT;

-- What went to whom because of an absence; a row is gone once it was given back, or is not to be.
CREATE TABLE absence_tickets (
    absence_id BIGINT NOT NULL REFERENCES absences (id),
    ticket_id BIGINT NOT NULL REFERENCES tickets (id),
    taker_id BIGINT NOT NULL,
    PRIMARY KEY (absence_id, ticket_id)
);
