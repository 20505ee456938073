-- v4 (reads from v1 on): what editors write: drafts, what a second person has to see, what is served.
CREATE TABLE entry_revision (
  id TEXT NOT NULL PRIMARY KEY,
  entry_id TEXT NOT NULL,
  number BIGINT NOT NULL DEFAULT 0,     -- 1, 2, … per entry, given when it is published; 0 before
  text TEXT NOT NULL,                   -- the whole file, as kb/entries has them
  state TEXT NOT NULL,                  -- draft submitted published retired
  author TEXT NOT NULL,
  approver TEXT NOT NULL DEFAULT '',
  note TEXT NOT NULL DEFAULT '',        -- of whoever decided
  base BIGINT NOT NULL,                 -- the number that was served when this was written; 0: the shipped entry
  restores BIGINT,                      -- the number this one brings back; 0: the shipped entry
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  saved_at BIGINT NOT NULL,
  submitted_at BIGINT,
  decided_at BIGINT,                    -- approved, sent back or given up
  published_at BIGINT                   -- stays when a later one takes its place
);
CREATE INDEX entry_revision_entry ON entry_revision (entry_id);
CREATE UNIQUE INDEX entry_revision_number ON entry_revision (entry_id, number) WHERE number > 0;
CREATE UNIQUE INDEX entry_revision_served ON entry_revision (entry_id) WHERE state = 'published';
CREATE UNIQUE INDEX entry_revision_open ON entry_revision (entry_id, author) WHERE state IN ('draft', 'submitted');
-- Counted every second by every node: how many publications there have been.
CREATE INDEX entry_revision_publication ON entry_revision (published_at) WHERE published_at IS NOT NULL;
