-- Third parties that are waited for, and tickets offered to somebody. Caches of events, like the rest of a ticket.

-- JSON: who, for what, their reference, and when the desk looks after it again. NULL when nobody is waited for.
ALTER TABLE tickets ADD COLUMN wait TEXT;
-- Who was asked to take it and has not answered, and when it goes back.
ALTER TABLE tickets ADD COLUMN delegated_to BIGINT;
ALTER TABLE tickets ADD COLUMN delegated_until_ms BIGINT;

CREATE INDEX tickets_by_delegation ON tickets (delegated_to, delegated_until_ms) WHERE delegated_to IS NOT NULL;
