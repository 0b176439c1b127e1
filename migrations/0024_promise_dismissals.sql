-- A client's mail that reads like a promise is offered as one until somebody says it is none.

CREATE TABLE promise_dismissals (
    message_id BIGINT NOT NULL PRIMARY KEY REFERENCES messages (id),
    by_person BIGINT NOT NULL REFERENCES people (id),
    at_ms BIGINT NOT NULL
);
CREATE INDEX promises_by_person ON promises (person_id, due_at_ms);
