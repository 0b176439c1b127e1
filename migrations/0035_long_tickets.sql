-- Tickets that grow long, hang together and are watched.

-- The message an event brought: pages of a long conversation are found by it.
ALTER TABLE events ADD COLUMN message_id BIGINT;
--[sqlite]
UPDATE events SET message_id = json_extract(body, '$.message')
    WHERE name IN ('message-received', 'replied', 'noted', 'answered-by-rule', 'duty-asked', 'called');
UPDATE events SET message_id = json_extract(body, '$.correction') WHERE name = 'call-corrected';
--[postgres]
UPDATE events SET message_id = CAST(CAST(body AS json) ->> 'message' AS BIGINT)
    WHERE name IN ('message-received', 'replied', 'noted', 'answered-by-rule', 'duty-asked', 'called');
UPDATE events SET message_id = CAST(CAST(body AS json) ->> 'correction' AS BIGINT) WHERE name = 'call-corrected';
--[both]
CREATE INDEX events_by_message ON events (message_id) WHERE message_id IS NOT NULL;
-- The last of a kind on a ticket, however long it is.
CREATE INDEX events_by_name ON events (ticket_id, name, id);
-- What is owed still, and what was last, without the rest.
CREATE INDEX obligations_by_end ON obligations (ticket_id, ended_at_ms);

-- What one ticket is to another, as people said. Their events say the same.
CREATE TABLE ticket_relations (
    ticket_id BIGINT NOT NULL REFERENCES tickets (id),
    -- blocks, parent, duplicates or refers: read from ticket_id to other_id.
    kind {text} NOT NULL,
    other_id BIGINT NOT NULL REFERENCES tickets (id),
    PRIMARY KEY (ticket_id, kind, other_id)
);
CREATE INDEX ticket_relations_by_other ON ticket_relations (other_id, kind, ticket_id);

-- Who is told what happens on a ticket that is not theirs.
CREATE TABLE watchers (
    ticket_id BIGINT NOT NULL REFERENCES tickets (id),
    person_id BIGINT NOT NULL REFERENCES people (id),
    since_ms BIGINT NOT NULL,
    PRIMARY KEY (ticket_id, person_id)
);
CREATE INDEX watchers_by_person ON watchers (person_id, ticket_id);

-- Which of what happened somebody wants to see on tickets; NULL is all of it.
ALTER TABLE people ADD COLUMN activity {text};
