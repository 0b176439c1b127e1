-- What stands below the mail somebody writes, above the signature of the queue; Markdown.
ALTER TABLE people ADD COLUMN signature TEXT NOT NULL DEFAULT '';
