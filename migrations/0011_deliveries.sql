-- How a mail stands with each of its recipients, and which mail servers asked for patience.

-- One row a recipient, from the moment on when a mail can't go to all of them at once. Until then the mail's own
-- row says everything.
CREATE TABLE deliveries (
    outgoing_id BIGINT NOT NULL REFERENCES outgoing (id),
    -- As the mail writes it.
    recipient {text} NOT NULL,
    -- queued, sent, failed or skipped.
    state TEXT NOT NULL,
    tries BIGINT NOT NULL,
    -- What was said last.
    answer TEXT,
    changed_at_ms BIGINT NOT NULL,
    -- Only while it is queued.
    next_try_ms BIGINT,
    PRIMARY KEY (outgoing_id, recipient)
);

-- Domains whose mail server said "not now"; the row goes when one takes a mail.
CREATE TABLE domain_pauses (
    domain {text} NOT NULL PRIMARY KEY,
    -- How often in a row.
    times BIGINT NOT NULL,
    until_ms BIGINT NOT NULL,
    answer TEXT NOT NULL
);
