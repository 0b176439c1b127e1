-- Sending with care: what can still be taken back, letters that were, and who came in by a link.

-- How long an agent's replies wait before they go out, to be taken back: 0, 10 or 30.
ALTER TABLE people ADD COLUMN undo_seconds BIGINT NOT NULL DEFAULT 10;

-- 1 when a sign-in link began the session: its holder may choose a password without knowing the old one.
ALTER TABLE sessions ADD COLUMN by_link BIGINT NOT NULL DEFAULT 0;

-- Set on a message that its author took back before it went out; it is part of no conversation any more.
ALTER TABLE messages ADD COLUMN withdrawn_at_ms BIGINT;

-- Mail that waits a moment because its author may still take it back.
CREATE TABLE held_mail (
    outgoing_id BIGINT NOT NULL PRIMARY KEY,
    message_id BIGINT NOT NULL,
    ticket_id BIGINT NOT NULL,
    person_id BIGINT NOT NULL,
    until_ms BIGINT NOT NULL
);
CREATE INDEX held_mail_by_person ON held_mail (person_id, until_ms);
CREATE INDEX held_mail_by_ticket ON held_mail (ticket_id);

-- Messages taken back that wait in their author's composer.
CREATE TABLE drafts (
    message_id BIGINT NOT NULL PRIMARY KEY,
    ticket_id BIGINT NOT NULL,
    person_id BIGINT NOT NULL,
    -- What the reply was to do with the turn: ask, update or resolve; empty for a note.
    and_then TEXT NOT NULL
);
CREATE INDEX drafts_by_person ON drafts (person_id, ticket_id);
