-- Links for people without a session: a scorecard, a call to confirm, a calendar feed. Whoever has one may
-- look, so only its hash is kept, as with sessions. A row stays when the link is withdrawn.

CREATE TABLE private_links (
    id {id},
    token_sha256 {text} NOT NULL UNIQUE,
    -- scorecard, call or calendar.
    purpose {text} NOT NULL,
    -- The client, message or person it is about, as its purpose says.
    about_id BIGINT NOT NULL,
    -- Nobody when Kept made it.
    made_by BIGINT REFERENCES people (id),
    made_at_ms BIGINT NOT NULL,
    until_ms BIGINT,
    used_at_ms BIGINT,
    withdrawn_at_ms BIGINT
);
CREATE INDEX private_links_by_about ON private_links (purpose, about_id, id);
