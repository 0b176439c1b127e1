-- Mailboxes elsewhere that mail is fetched from, what is still to do in each, how each does, and
-- the accounts by which Kept signs in at providers that want OAuth2.

CREATE TABLE accounts (
    id {id},
    name TEXT NOT NULL,
    -- JSON: the provider, its tenant, our client id, the sealed secret.
    settings TEXT NOT NULL,
    -- JSON: the sealed tokens and when they end; NULL until somebody has signed in.
    tokens TEXT,
    -- JSON: a sign-in under way, sealed; one at a time.
    pending TEXT,
    last_error TEXT,
    created_at_ms BIGINT NOT NULL
);

CREATE TABLE mailboxes (
    id {id},
    name TEXT NOT NULL,
    -- JSON: where it is, how to sign in, what happens to fetched mail.
    settings TEXT NOT NULL,
    is_on BIGINT NOT NULL,
    created_at_ms BIGINT NOT NULL,
    -- The node that fetches, until when.
    leased_by {text},
    lease_until_ms BIGINT,
    -- What its UIDs count from (RFC 9051, 2.3.1.1); every UID below next_uid has been seen.
    uid_validity BIGINT,
    next_uid BIGINT NOT NULL,
    begun_at_ms BIGINT,
    checked_at_ms BIGINT,
    received_at_ms BIGINT,
    -- What is wrong: its kind, since when, in words, and when it is tried again.
    trouble {text},
    failing_since_ms BIGINT,
    last_error TEXT,
    next_try_at_ms BIGINT,
    -- The kind of trouble the admins were told of; NULL when they were told that it is over.
    alarmed {text},
    -- JSON: for each of the last weeks' days the longest time between two mails.
    gaps TEXT NOT NULL,
    canary_word {text},
    canary_sent_at_ms BIGINT,
    canary_seen_at_ms BIGINT
);

-- Mails that were seen in a mailbox and are not done with: waiting to be taken in, or taken and
-- waiting to be marked, moved or deleted there. Never judged by what others read or marked.
CREATE TABLE mailbox_mails (
    mailbox_id BIGINT NOT NULL REFERENCES mailboxes (id),
    uid_validity BIGINT NOT NULL,
    uid BIGINT NOT NULL,
    -- waiting, taken or canary.
    state {text} NOT NULL,
    tries BIGINT NOT NULL,
    try_at_ms BIGINT NOT NULL,
    last_error TEXT,
    PRIMARY KEY (mailbox_id, uid_validity, uid)
);
