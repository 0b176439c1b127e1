-- An agreement that ended can be made anew: its earlier versions keep the end they had.

ALTER TABLE agreement_versions ADD COLUMN until_ms BIGINT;
