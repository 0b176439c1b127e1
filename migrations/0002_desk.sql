-- The desk: who takes part, where work arrives, tickets, what was said, and mail both ways.
-- Times are milliseconds since 1970 in UTC and end in _ms; flags are 0 or 1.

CREATE TABLE clients (
    id {id},
    name TEXT NOT NULL,
    created_at_ms BIGINT NOT NULL
);

CREATE TABLE client_domains (
    domain {text} NOT NULL PRIMARY KEY,
    client_id BIGINT NOT NULL REFERENCES clients (id)
);
CREATE INDEX client_domains_by_client ON client_domains (client_id);

CREATE TABLE people (
    id {id},
    name TEXT NOT NULL,
    client_id BIGINT REFERENCES clients (id),
    -- agent, dispatcher or admin; NULL for people on the client's side.
    role {text},
    -- argon2id in PHC form.
    password_hash TEXT,
    created_at_ms BIGINT NOT NULL,
    -- Somebody who left: keeps their history, can't sign in.
    left_at_ms BIGINT
);
CREATE INDEX people_by_client ON people (client_id, id);
CREATE INDEX people_by_role ON people (role, id);

CREATE TABLE person_addresses (
    address {text} NOT NULL PRIMARY KEY,
    person_id BIGINT NOT NULL REFERENCES people (id),
    position BIGINT NOT NULL
);
CREATE INDEX person_addresses_by_person ON person_addresses (person_id, position);

CREATE TABLE sessions (
    -- SHA-256 of the cookie: who reads the database can't sign in with it.
    token_sha256 {text} NOT NULL PRIMARY KEY,
    person_id BIGINT NOT NULL REFERENCES people (id),
    created_at_ms BIGINT NOT NULL,
    expires_at_ms BIGINT NOT NULL
);
CREATE INDEX sessions_by_person ON sessions (person_id);

-- Links that sign somebody in once: the first admin's, later the clients'.
CREATE TABLE sign_in_links (
    token_sha256 {text} NOT NULL PRIMARY KEY,
    person_id BIGINT NOT NULL REFERENCES people (id),
    expires_at_ms BIGINT NOT NULL
);

CREATE TABLE queues (
    id {id},
    name TEXT NOT NULL,
    dispatcher_id BIGINT NOT NULL REFERENCES people (id),
    zone TEXT NOT NULL,
    signature TEXT NOT NULL
);

CREATE TABLE queue_addresses (
    address {text} NOT NULL PRIMARY KEY,
    queue_id BIGINT NOT NULL REFERENCES queues (id),
    position BIGINT NOT NULL
);
CREATE INDEX queue_addresses_by_queue ON queue_addresses (queue_id, position);

CREATE TABLE queue_members (
    queue_id BIGINT NOT NULL REFERENCES queues (id),
    person_id BIGINT NOT NULL REFERENCES people (id),
    -- JSON: a list of weekly stretches of duty.
    duties TEXT NOT NULL,
    PRIMARY KEY (queue_id, person_id)
);

-- Every column but the last words is a cache of the ticket's events; `kept doctor --rebuild` proves it.
CREATE TABLE tickets (
    id {id},
    subject TEXT NOT NULL,
    kind TEXT NOT NULL,
    priority TEXT NOT NULL,
    queue_id BIGINT NOT NULL REFERENCES queues (id),
    requester_id BIGINT REFERENCES people (id),
    client_id BIGINT REFERENCES clients (id),
    responsible_id BIGINT NOT NULL REFERENCES people (id),
    status TEXT NOT NULL,
    turn TEXT NOT NULL,
    -- In the order in which lists show turns: 0 desk, 1 client, 2 third party, 3 nobody.
    turn_rank BIGINT NOT NULL,
    turn_since_ms BIGINT NOT NULL,
    opened_at_ms BIGINT NOT NULL,
    resolved_at_ms BIGINT,
    closed_at_ms BIGINT,
    spam_since_ms BIGINT,
    merged_into BIGINT REFERENCES tickets (id),
    touched_at_ms BIGINT NOT NULL,
    -- Where lists look for it: open, parked, resolved, closed, spam or merged.
    shelf {text} NOT NULL,
    last_words TEXT NOT NULL,
    last_words_by BIGINT
);
CREATE INDEX tickets_by_turn ON tickets (shelf, turn_rank, turn_since_ms, id);
CREATE INDEX tickets_by_responsible ON tickets (responsible_id, shelf, turn_rank, turn_since_ms, id);
CREATE INDEX tickets_by_touch ON tickets (shelf, touched_at_ms, id);
CREATE INDEX tickets_by_requester ON tickets (requester_id, id);
CREATE INDEX tickets_by_client ON tickets (client_id, id);
CREATE INDEX tickets_by_merge ON tickets (merged_into) WHERE merged_into IS NOT NULL;

-- How many tickets stand where. Changes are appended and folded in now and then, so that
-- two mails arriving at once never wait for the same row.
CREATE TABLE ticket_counts (
    queue_id BIGINT NOT NULL,
    responsible_id BIGINT NOT NULL,
    shelf {text} NOT NULL,
    turn_rank BIGINT NOT NULL,
    tickets BIGINT NOT NULL,
    PRIMARY KEY (queue_id, responsible_id, shelf, turn_rank)
);
CREATE TABLE ticket_count_changes (
    id {id},
    queue_id BIGINT NOT NULL,
    responsible_id BIGINT NOT NULL,
    shelf {text} NOT NULL,
    turn_rank BIGINT NOT NULL,
    change BIGINT NOT NULL
);

CREATE TABLE events (
    id {id},
    ticket_id BIGINT NOT NULL REFERENCES tickets (id),
    at_ms BIGINT NOT NULL,
    -- NULL when Kept itself did it.
    person_id BIGINT,
    name TEXT NOT NULL,
    body TEXT NOT NULL,
    -- Whose turn it was after this event, as in tickets.turn_rank: the turn strip reads only this.
    turn_rank BIGINT NOT NULL
);
CREATE INDEX events_by_ticket ON events (ticket_id, id);

CREATE TABLE messages (
    id {id},
    ticket_id BIGINT NOT NULL REFERENCES tickets (id),
    audience TEXT NOT NULL,
    channel TEXT NOT NULL,
    person_id BIGINT,
    author_name TEXT NOT NULL,
    author_address {text} NOT NULL,
    -- When it reached us or was written here; clocks run from this.
    at_ms BIGINT NOT NULL,
    -- When its sender says it was written.
    claimed_at_ms BIGINT,
    subject TEXT,
    -- JSON: the mail's To and Cc as they were.
    recipients TEXT NOT NULL,
    -- JSON: the text in pieces, each new, quoted or signature; for the desk's own one piece of Markdown.
    body TEXT NOT NULL,
    has_html BIGINT NOT NULL,
    automatic BIGINT NOT NULL,
    -- What intake says about the mail, in words for people; NULL when there is nothing to say.
    remark TEXT,
    message_ref TEXT,
    raw_sha256 {text},
    raw_size_bytes BIGINT NOT NULL
);
CREATE INDEX messages_by_ticket ON messages (ticket_id, id);
CREATE INDEX messages_by_address ON messages (author_address, ticket_id);
CREATE INDEX messages_by_raw ON messages (raw_sha256);

CREATE TABLE attachments (
    id {id},
    message_id BIGINT NOT NULL REFERENCES messages (id),
    filename TEXT NOT NULL,
    content_type TEXT NOT NULL,
    inline BIGINT NOT NULL,
    content_id TEXT,
    size_bytes BIGINT NOT NULL,
    sha256 TEXT NOT NULL
);
CREATE INDEX attachments_by_message ON attachments (message_id, id);

-- Every Message-ID ever seen, its own or in somebody's References, and the ticket it leads to.
CREATE TABLE message_refs (
    message_ref {text} NOT NULL PRIMARY KEY,
    ticket_id BIGINT NOT NULL REFERENCES tickets (id),
    -- 1 once a mail with this id came in or went out; 0 while others only point to it.
    arrived BIGINT NOT NULL
);

-- What makes the same mail the same: its Message-ID and content. One row a mail, however often it came.
CREATE TABLE arrivals (
    fingerprint {text} NOT NULL PRIMARY KEY,
    message_id BIGINT,
    unsorted_id BIGINT,
    at_ms BIGINT NOT NULL
);
CREATE INDEX arrivals_by_unsorted ON arrivals (unsorted_id) WHERE unsorted_id IS NOT NULL;
CREATE INDEX arrivals_by_message ON arrivals (message_id) WHERE message_id IS NOT NULL;

-- The same mail that came again in other bytes: other servers on its way. Nothing is thrown away.
CREATE TABLE copies (
    fingerprint {text} NOT NULL,
    raw_sha256 {text} NOT NULL,
    at_ms BIGINT NOT NULL,
    PRIMARY KEY (fingerprint, raw_sha256)
);

-- Mail that waits for a human eye.
CREATE TABLE unsorted (
    id {id},
    reason TEXT NOT NULL,
    at_ms BIGINT NOT NULL,
    raw_sha256 {text} NOT NULL,
    raw_size_bytes BIGINT NOT NULL,
    author TEXT NOT NULL,
    subject TEXT NOT NULL,
    excerpt TEXT NOT NULL,
    -- JSON: the envelope it came with.
    envelope TEXT NOT NULL,
    settled_at_ms BIGINT,
    settled_by BIGINT,
    -- ticket or discarded, once a person has decided.
    settled_as TEXT,
    ticket_id BIGINT
);
CREATE INDEX unsorted_waiting ON unsorted (settled_at_ms, id);
CREATE INDEX unsorted_by_raw ON unsorted (raw_sha256);

CREATE TABLE outgoing (
    id {id},
    ticket_id BIGINT,
    message_id BIGINT,
    message_ref {text} NOT NULL UNIQUE,
    -- JSON: where it goes, as bare addresses.
    recipients TEXT NOT NULL,
    subject TEXT NOT NULL,
    automatic BIGINT NOT NULL,
    -- JSON: everything the mail is made of.
    mail TEXT NOT NULL,
    -- queued, sent or failed.
    state {text} NOT NULL,
    attempts BIGINT NOT NULL,
    last_error TEXT,
    created_at_ms BIGINT NOT NULL,
    sent_at_ms BIGINT,
    -- Where it went: a relay's answer, or the file it was written to.
    sent_via TEXT
);
CREATE INDEX outgoing_by_state ON outgoing (state, id);
CREATE INDEX outgoing_by_ticket ON outgoing (ticket_id, id);
CREATE INDEX outgoing_by_message ON outgoing (message_id);

-- Automatic answers by address, for the budget that is the last line against loops.
CREATE TABLE automatic_answers (
    address {text} NOT NULL,
    at_ms BIGINT NOT NULL,
    outgoing_id BIGINT NOT NULL
);
CREATE INDEX automatic_answers_by_address ON automatic_answers (address, at_ms);

-- Who changed how the desk works, append-only.
CREATE TABLE audit (
    id {id},
    at_ms BIGINT NOT NULL,
    person_id BIGINT,
    what TEXT NOT NULL
);
