-- Cards of one and the same person or client, told as one. Nothing that was recorded is rewritten: a card that was
-- merged keeps its number, its addresses and its history, and stands by itself again once that is taken back.

CREATE TABLE card_merges (
    id {id},
    -- person or client.
    card {text} NOT NULL,
    from_id BIGINT NOT NULL,
    into_id BIGINT NOT NULL,
    at_ms BIGINT NOT NULL,
    by_id BIGINT NOT NULL REFERENCES people (id),
    -- NULL while it holds.
    undone_ms BIGINT,
    undone_by BIGINT REFERENCES people (id)
);
-- A card is merged once at a time.
CREATE UNIQUE INDEX card_merges_holding ON card_merges (card, from_id) WHERE undone_ms IS NULL;
CREATE INDEX card_merges_by_into ON card_merges (card, into_id, id);

-- The card that stays in the end, whatever lies between: a cache of the merges that hold.
ALTER TABLE people ADD COLUMN merged_into BIGINT REFERENCES people (id);
ALTER TABLE clients ADD COLUMN merged_into BIGINT REFERENCES clients (id);
CREATE INDEX people_merged ON people (merged_into) WHERE merged_into IS NOT NULL;
CREATE INDEX clients_merged ON clients (merged_into) WHERE merged_into IS NOT NULL;
