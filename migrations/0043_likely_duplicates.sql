-- Cards that look like one and the same, found by keys that are worked out when names change.

-- The words of the name, folded and in order; NULL until it was worked out.
ALTER TABLE people ADD COLUMN name_key {text};
ALTER TABLE clients ADD COLUMN name_key {text};
CREATE INDEX people_by_name_key ON people (client_id, name_key);
CREATE INDEX people_without_key ON people (id) WHERE name_key IS NULL;
CREATE INDEX clients_by_name_key ON clients (name_key);
-- What stands before the @.
ALTER TABLE person_addresses ADD COLUMN local_part {text} NOT NULL DEFAULT '';
--[sqlite]
UPDATE person_addresses SET local_part = substr(address, 1, instr(address, '@') - 1);
--[postgres]
UPDATE person_addresses SET local_part = split_part(address, '@', 1);
--[both]
CREATE INDEX person_addresses_by_local_part ON person_addresses (local_part);

-- Two cards somebody said are not the same: the lower number first.
CREATE TABLE unlike_cards (
    -- person or client.
    card {text} NOT NULL,
    one_id BIGINT NOT NULL,
    other_id BIGINT NOT NULL,
    by_id BIGINT NOT NULL REFERENCES people (id),
    at_ms BIGINT NOT NULL,
    PRIMARY KEY (card, one_id, other_id)
);
