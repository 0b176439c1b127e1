-- What people of the desk are told: on their page, and by mail when they want it.

CREATE TABLE notifications (
    id {id},
    person_id BIGINT NOT NULL REFERENCES people (id),
    ticket_id BIGINT NOT NULL REFERENCES tickets (id),
    kind {text} NOT NULL,
    words TEXT NOT NULL,
    at_ms BIGINT NOT NULL,
    seen_at_ms BIGINT,
    -- When it is to go out by mail; NULL when it is shown only, or went out.
    mail_at_ms BIGINT
);
CREATE INDEX notifications_by_person ON notifications (person_id, id);
CREATE INDEX notifications_unseen ON notifications (person_id, id) WHERE seen_at_ms IS NULL;
CREATE INDEX notifications_to_mail ON notifications (mail_at_ms) WHERE mail_at_ms IS NOT NULL;
CREATE INDEX notifications_by_ticket ON notifications (ticket_id, person_id);

-- How each person wants to hear of a kind; a missing row means as built in.
CREATE TABLE notification_choices (
    person_id BIGINT NOT NULL REFERENCES people (id),
    kind {text} NOT NULL,
    -- page, digest or at-once.
    how {text} NOT NULL,
    PRIMARY KEY (person_id, kind)
);
