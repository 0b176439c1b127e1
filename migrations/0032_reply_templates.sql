-- Replies that are written again and again, with places for names and numbers. Those without an owner are everybody's.

CREATE TABLE reply_templates (
    id {id},
    name {text} NOT NULL,
    text TEXT NOT NULL,
    owner_id BIGINT REFERENCES people (id),
    changed_by BIGINT NOT NULL REFERENCES people (id),
    changed_at_ms BIGINT NOT NULL,
    removed_at_ms BIGINT
);
CREATE INDEX reply_templates_by_owner ON reply_templates (owner_id);
