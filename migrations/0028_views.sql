-- Searches with a name: one's own, or everybody's at the desk.

CREATE TABLE saved_views (
    id {id},
    owner_id BIGINT NOT NULL REFERENCES people (id),
    shared BIGINT NOT NULL,
    -- JSON: name, search, columns, order, headings.
    wish TEXT NOT NULL,
    -- A view that is gone can be brought back.
    removed_at_ms BIGINT
);
CREATE INDEX saved_views_of ON saved_views (owner_id, id) WHERE removed_at_ms IS NULL;
CREATE INDEX saved_views_shared ON saved_views (shared, id) WHERE removed_at_ms IS NULL;
