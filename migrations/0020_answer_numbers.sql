-- Automatic answers bear running numbers, one for the desk and one for their domain. How many went out
-- since a time is the difference of two numbers, found by two looks instead of a count of them all.

ALTER TABLE automatic_answers ADD COLUMN nth BIGINT;
ALTER TABLE automatic_answers ADD COLUMN nth_of_domain BIGINT;
UPDATE automatic_answers SET nth = numbered.nth, nth_of_domain = numbered.nth_of_domain
FROM (
    SELECT outgoing_id, row_number() OVER (ORDER BY at_ms, outgoing_id) AS nth,
        row_number() OVER (PARTITION BY domain ORDER BY at_ms, outgoing_id) AS nth_of_domain
    FROM automatic_answers
) AS numbered
WHERE numbered.outgoing_id = automatic_answers.outgoing_id;

DROP INDEX automatic_answers_by_domain;
DROP INDEX automatic_answers_by_time;
CREATE INDEX automatic_answers_by_domain ON automatic_answers (domain, at_ms, nth_of_domain);
CREATE INDEX automatic_answers_by_time ON automatic_answers (at_ms, nth);
CREATE INDEX automatic_answers_by_number ON automatic_answers (nth);
CREATE INDEX automatic_answers_by_domain_number ON automatic_answers (domain, nth_of_domain);
