-- People, clients and assets brought from tables: looked at first, then carried out a part at a time.

CREATE TABLE imports (
    id {id},
    by_id BIGINT NOT NULL,
    -- people, clients or assets.
    kind {text} NOT NULL,
    file_name TEXT NOT NULL,
    -- JSON: the first line of the table.
    headers TEXT NOT NULL,
    -- JSON: what each column means.
    mapping TEXT NOT NULL,
    -- mapping, looking, looked, doing or done.
    state {text} NOT NULL,
    began_ms BIGINT NOT NULL,
    ended_ms BIGINT
);
CREATE INDEX imports_under_way ON imports (id) WHERE state IN ('looking', 'doing');

CREATE TABLE import_lines (
    import_id BIGINT NOT NULL REFERENCES imports (id),
    -- As the table counts them; its headers are line 1.
    line BIGINT NOT NULL,
    -- JSON: its cells.
    cells TEXT NOT NULL,
    -- waiting, make, change, same, refused, made or changed.
    outcome {text} NOT NULL,
    -- What is different, or why it was refused.
    says TEXT NOT NULL,
    -- By what it is told from other lines.
    line_key {text},
    -- The card it made or changed.
    card_id BIGINT,
    PRIMARY KEY (import_id, line)
);
CREATE INDEX import_lines_by_outcome ON import_lines (import_id, outcome, line);
CREATE INDEX import_lines_by_key ON import_lines (import_id, line_key, line);
