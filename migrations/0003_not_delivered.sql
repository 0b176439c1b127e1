-- Mail of ours that did not simply arrive: whom it did not reach and why, which addresses take no mail,
-- and what of each kind came back.

-- What came back about a mail out, or why it was not even tried; one row a report.
CREATE TABLE not_delivered (
    id {id},
    outgoing_id BIGINT NOT NULL REFERENCES outgoing (id),
    address {text} NOT NULL,
    -- hard, soft, delayed, refused, complaint or skipped.
    kind TEXT NOT NULL,
    -- RFC 3463, such as 5.1.1.
    status TEXT,
    -- Why, in words.
    reason TEXT NOT NULL,
    -- What the other server said.
    diagnostic TEXT NOT NULL,
    at_ms BIGINT NOT NULL,
    -- The report itself on the ticket; NULL when our own relay said it, or it is on no ticket.
    report_id BIGINT REFERENCES messages (id)
);
CREATE INDEX not_delivered_by_outgoing ON not_delivered (outgoing_id, id);

-- Addresses that mail came back from. Mail is not sent where suppressed_since_ms is set.
CREATE TABLE bounced_addresses (
    address {text} NOT NULL PRIMARY KEY,
    hard BIGINT NOT NULL,
    soft BIGINT NOT NULL,
    first_ms BIGINT NOT NULL,
    last_ms BIGINT NOT NULL,
    suppressed_since_ms BIGINT,
    status TEXT,
    reason TEXT NOT NULL,
    not_delivered_id BIGINT NOT NULL REFERENCES not_delivered (id),
    cleared_at_ms BIGINT,
    -- NULL when a mail from there cleared it.
    cleared_by BIGINT REFERENCES people (id)
);

-- Whom mail that people wrote went to: finds the mail behind a bounce that quotes nothing of it.
CREATE TABLE outgoing_addresses (
    address {text} NOT NULL,
    outgoing_id BIGINT NOT NULL REFERENCES outgoing (id),
    PRIMARY KEY (address, outgoing_id)
);

-- What kind of mail it was: person, mailing-list, automatic, vacation-reply, bounce, receipt or report.
ALTER TABLE messages ADD COLUMN mail_kind TEXT;

-- For the budgets of a domain and of the whole desk, and for robots that always say the same.
ALTER TABLE automatic_answers ADD COLUMN domain {text};
ALTER TABLE automatic_answers ADD COLUMN subject TEXT;
CREATE INDEX automatic_answers_by_domain ON automatic_answers (domain, at_ms);
CREATE INDEX automatic_answers_by_time ON automatic_answers (at_ms);

-- Mail that was refused before it was taken in, so that admins see it.
CREATE TABLE refused_mails (
    id {id},
    at_ms BIGINT NOT NULL,
    sender TEXT NOT NULL,
    recipients TEXT NOT NULL,
    size_bytes BIGINT,
    why TEXT NOT NULL
);
