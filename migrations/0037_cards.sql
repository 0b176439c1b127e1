-- What the desk knows of people, clients and the things they use, and who changed what of it.

ALTER TABLE people ADD COLUMN job TEXT NOT NULL DEFAULT '';
ALTER TABLE people ADD COLUMN phone TEXT NOT NULL DEFAULT '';
ALTER TABLE people ADD COLUMN language TEXT NOT NULL DEFAULT '';
-- An IANA name, or nothing.
ALTER TABLE people ADD COLUMN zone TEXT NOT NULL DEFAULT '';
-- Markdown, for the desk alone.
ALTER TABLE people ADD COLUMN notes TEXT NOT NULL DEFAULT '';
ALTER TABLE clients ADD COLUMN notes TEXT NOT NULL DEFAULT '';

-- One line for each change of a card; only ever appended.
CREATE TABLE card_changes (
    id {id},
    -- person, client or asset.
    card {text} NOT NULL,
    card_id BIGINT NOT NULL,
    at_ms BIGINT NOT NULL,
    -- NULL when Kept itself did it.
    person_id BIGINT,
    -- JSON: what happened.
    body TEXT NOT NULL
);
CREATE INDEX card_changes_by_card ON card_changes (card, card_id, id);

-- A card shows what is open at once, however much has ended.
CREATE INDEX tickets_open_by_requester ON tickets (requester_id, turn_rank, id) WHERE shelf IN ('open', 'parked');
CREATE INDEX tickets_open_by_client ON tickets (client_id, turn_rank, id) WHERE shelf IN ('open', 'parked');
-- How many came each month.
CREATE INDEX tickets_by_requester_month ON tickets (requester_id, opened_at_ms);
CREATE INDEX tickets_by_client_month ON tickets (client_id, opened_at_ms);

-- Things people use and the desk looks after. They are retired, never deleted.
CREATE TABLE assets (
    id {id},
    name TEXT NOT NULL,
    -- Laptop, printer, licence: as the desk calls it.
    kind TEXT NOT NULL,
    -- Serial number or tag as it is written, and as it is compared.
    identifier TEXT NOT NULL,
    identifier_key {text} NOT NULL,
    client_id BIGINT REFERENCES clients (id),
    owner_id BIGINT REFERENCES people (id),
    service TEXT NOT NULL,
    -- 2027-03-31: the last day; NULL when there is none or nobody knows.
    warranty_until {text},
    notes TEXT NOT NULL,
    created_at_ms BIGINT NOT NULL,
    retired_at_ms BIGINT
);
-- A client has an identifier once.
CREATE UNIQUE INDEX assets_identifier ON assets (coalesce(client_id, 0), identifier_key) WHERE identifier_key <> '';
CREATE INDEX assets_by_identifier ON assets (identifier_key) WHERE identifier_key <> '';
CREATE INDEX assets_by_client ON assets (client_id, id);
CREATE INDEX assets_by_owner ON assets (owner_id, id);
CREATE INDEX assets_by_warranty ON assets (warranty_until, id) WHERE retired_at_ms IS NULL;

-- asset_id depends on other_id, or is part of it.
CREATE TABLE asset_relations (
    asset_id BIGINT NOT NULL REFERENCES assets (id),
    other_id BIGINT NOT NULL REFERENCES assets (id),
    -- depends-on or part-of.
    kind {text} NOT NULL,
    PRIMARY KEY (asset_id, other_id, kind)
);
CREATE INDEX asset_relations_by_other ON asset_relations (other_id, asset_id);

-- Which things a ticket is about: a cache of its events.
CREATE TABLE ticket_assets (
    ticket_id BIGINT NOT NULL REFERENCES tickets (id),
    asset_id BIGINT NOT NULL REFERENCES assets (id),
    PRIMARY KEY (ticket_id, asset_id)
);
CREATE INDEX ticket_assets_by_asset ON ticket_assets (asset_id, ticket_id);
