-- Whether a mail is from whom it says, and what shows others that ours is from us.

-- JSON: the verdict with who gave it; NULL when nobody checked.
ALTER TABLE messages ADD COLUMN authentic TEXT;
ALTER TABLE unsorted ADD COLUMN authentic TEXT;

-- Under which name a queue writes: that of the agent, the agent at the desk, or the desk.
ALTER TABLE queues ADD COLUMN sender_style {text} NOT NULL DEFAULT 'agent';
-- The desk's name for that; empty for the name of the queue.
ALTER TABLE queues ADD COLUMN sender_name TEXT NOT NULL DEFAULT '';

-- Keys that sign outgoing mail (DKIM), by the domain of From.
CREATE TABLE signing_keys (
    id {id},
    domain {text} NOT NULL,
    selector {text} NOT NULL,
    -- rsa or ed25519.
    algorithm {text} NOT NULL,
    -- In base64, as it is published.
    public_key TEXT NOT NULL,
    -- Sealed with the key of the data folder; empty once it signs no more.
    sealed_key TEXT NOT NULL,
    created_at_ms BIGINT NOT NULL,
    used_since_ms BIGINT,
    used_until_ms BIGINT,
    UNIQUE (domain, selector)
);
