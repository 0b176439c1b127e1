-- What mails carry beside their words.

-- 1: nobody misses it in a list, such as a logo below a name.
ALTER TABLE attachments ADD COLUMN minor BIGINT NOT NULL DEFAULT 0;

-- What a reader should know about a message before reading it: signed, encrypted, not taken apart.
CREATE TABLE message_marks (
    message_id BIGINT NOT NULL REFERENCES messages (id),
    code {text} NOT NULL,
    says TEXT NOT NULL,
    PRIMARY KEY (message_id, code)
);
