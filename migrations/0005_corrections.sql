-- What people correct about where mail belongs, and what makes later mail of its thread follow them.

-- The message an id came with: its own, or the first that points to it. NULL for what came before this step.
ALTER TABLE message_refs ADD COLUMN message_id BIGINT;
-- The message a mail of ours answered: the id of the answer goes where that message goes.
ALTER TABLE message_refs ADD COLUMN answers BIGINT;
CREATE INDEX message_refs_by_message ON message_refs (message_id) WHERE message_id IS NOT NULL;
CREATE INDEX message_refs_by_answered ON message_refs (answers) WHERE answers IS NOT NULL;

-- Tickets that came out of others. Their events say the same.
CREATE TABLE ticket_links (
    ticket_id BIGINT NOT NULL REFERENCES tickets (id),
    -- The older ticket.
    other_id BIGINT NOT NULL REFERENCES tickets (id),
    -- follows, forwards or split-from.
    kind {text} NOT NULL,
    PRIMARY KEY (ticket_id, other_id)
);
CREATE INDEX ticket_links_by_other ON ticket_links (other_id, ticket_id);

-- Numbers that correspondents' own desks write into subjects, and the ticket they are used on.
CREATE TABLE foreign_tags (
    -- The correspondent's domain, or the whole address at providers that many share.
    correspondent {text} NOT NULL,
    tag {text} NOT NULL,
    ticket_id BIGINT NOT NULL REFERENCES tickets (id),
    message_id BIGINT NOT NULL,
    PRIMARY KEY (correspondent, tag)
);
CREATE INDEX foreign_tags_by_message ON foreign_tags (message_id);
