-- v3 (reads from v1 on): what a move of an application told the applicant, and what a person has seen to themselves.

ALTER TABLE milestone ADD COLUMN missing TEXT NOT NULL DEFAULT '';     -- sealed JSON list, of ask_supplement
ALTER TABLE milestone ADD COLUMN message_id TEXT NOT NULL DEFAULT '';  -- the notice of it, or nothing

ALTER TABLE outbox ADD COLUMN settled_at BIGINT;  -- somebody reached the contact in another way
-- Holds the few rows that need a person, however much was ever sent.
CREATE INDEX outbox_undelivered ON outbox (created_at)
  WHERE state IN ('held', 'failed', 'unknown') AND settled_at IS NULL;
