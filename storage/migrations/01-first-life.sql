-- v1 (reads from v1 on): people, talk, desk, applications and the record, as the first release needs them.
-- Times are epoch milliseconds UTC. "sealed" columns hold text of core/seal, opened only with the key file.
-- Flags are BIGINT 0/1, because the two engines disagree about booleans.

CREATE TABLE contact (
  id TEXT NOT NULL PRIMARY KEY,
  name TEXT NOT NULL DEFAULT '',        -- sealed
  phone TEXT NOT NULL DEFAULT '',       -- sealed
  phone_key TEXT NOT NULL DEFAULT '',   -- keyed hash, for exact search
  created_at BIGINT NOT NULL
);
CREATE INDEX contact_phone ON contact (phone_key) WHERE phone_key <> '';

CREATE TABLE contact_identity (
  inbox TEXT NOT NULL,
  peer TEXT NOT NULL,
  contact_id TEXT NOT NULL REFERENCES contact (id),
  created_at BIGINT NOT NULL,
  PRIMARY KEY (inbox, peer)
);

CREATE TABLE conversation (
  id TEXT NOT NULL PRIMARY KEY,
  inbox TEXT NOT NULL,
  peer TEXT NOT NULL,
  channel TEXT NOT NULL,
  is_group BIGINT NOT NULL,
  contact_id TEXT NOT NULL REFERENCES contact (id),
  owner TEXT NOT NULL,                  -- bot queued human snoozed closed
  lawyer_id TEXT NOT NULL DEFAULT '',
  waiting_since BIGINT,
  queued_at BIGINT,
  topic TEXT NOT NULL DEFAULT '',
  risks TEXT NOT NULL DEFAULT '[]',     -- JSON list of codes
  risk BIGINT NOT NULL DEFAULT 0,       -- goes first in the queue
  memory TEXT NOT NULL,                 -- sealed
  handover TEXT NOT NULL DEFAULT '',    -- sealed
  last_text TEXT NOT NULL,              -- sealed
  last_from TEXT NOT NULL,
  last_at BIGINT NOT NULL,
  unread BIGINT NOT NULL DEFAULT 0,
  version BIGINT NOT NULL,
  last_seq BIGINT NOT NULL,
  started_at BIGINT NOT NULL,
  UNIQUE (inbox, peer)
);
-- A plain bot conversation is in neither index, so that a turn of the bot touches none.
CREATE INDEX conversation_owner ON conversation (owner, lawyer_id) WHERE owner <> 'bot';
CREATE INDEX conversation_waiting ON conversation (waiting_since) WHERE waiting_since IS NOT NULL;
CREATE INDEX conversation_contact ON conversation (contact_id);

CREATE TABLE message (
  id TEXT NOT NULL PRIMARY KEY,
  conversation_id TEXT NOT NULL REFERENCES conversation (id),
  seq BIGINT NOT NULL,
  sender TEXT NOT NULL,                 -- contact bot lawyer system
  author_id TEXT NOT NULL DEFAULT '',
  author_name TEXT NOT NULL DEFAULT '',
  at BIGINT NOT NULL,
  cmid TEXT NOT NULL DEFAULT '',
  body TEXT NOT NULL,                   -- sealed JSON {text, card}
  note BIGINT NOT NULL DEFAULT 0,
  UNIQUE (conversation_id, seq)
);
CREATE UNIQUE INDEX message_cmid ON message (conversation_id, sender, cmid) WHERE cmid <> '';

-- Permanent: the reason why a replayed webhook has no effect.
CREATE TABLE inbound_receipt (
  inbox TEXT NOT NULL,
  external_id TEXT NOT NULL,
  message_id TEXT NOT NULL,
  seq BIGINT NOT NULL,
  status BIGINT NOT NULL,
  content_type TEXT NOT NULL,
  body TEXT NOT NULL,                   -- sealed
  outbox_id TEXT NOT NULL,              -- the offered row these bytes carry, or nothing
  at BIGINT NOT NULL,
  PRIMARY KEY (inbox, external_id)
);

CREATE TABLE turn (
  id TEXT NOT NULL PRIMARY KEY,
  conversation_id TEXT NOT NULL REFERENCES conversation (id),
  message_id TEXT NOT NULL,
  at BIGINT NOT NULL,
  decision TEXT NOT NULL,
  rule TEXT NOT NULL,
  entry TEXT NOT NULL,
  confidence DOUBLE PRECISION NOT NULL,
  detail TEXT NOT NULL                  -- sealed JSON
);

CREATE TABLE outbox (
  id TEXT NOT NULL PRIMARY KEY,
  conversation_id TEXT NOT NULL REFERENCES conversation (id),
  message_id TEXT NOT NULL UNIQUE REFERENCES message (id),
  inbox TEXT NOT NULL,
  channel TEXT NOT NULL,
  peer TEXT NOT NULL,
  is_group BIGINT NOT NULL,
  seq BIGINT NOT NULL,
  reply_token TEXT NOT NULL DEFAULT '',
  reply_number BIGINT NOT NULL,
  own_id TEXT NOT NULL DEFAULT '',
  lawyer BIGINT NOT NULL DEFAULT 0,
  state TEXT NOT NULL,                  -- queued sending offered sent confirmed held unknown failed
  pending BIGINT NOT NULL,              -- 1 while queued, sending, offered or held
  attempts BIGINT NOT NULL DEFAULT 0,
  next_at BIGINT NOT NULL,
  claimed_at BIGINT NOT NULL DEFAULT 0,
  code TEXT NOT NULL DEFAULT '',
  external_id TEXT NOT NULL DEFAULT '',
  created_at BIGINT NOT NULL
);
-- Both hold open rows alone, so that they stay small however much was ever sent.
CREATE INDEX outbox_due ON outbox (next_at) WHERE pending = 1;
CREATE INDEX outbox_order ON outbox (conversation_id, seq) WHERE pending = 1;

CREATE TABLE quota_window (
  conversation_id TEXT NOT NULL PRIMARY KEY REFERENCES conversation (id),
  opened_at BIGINT NOT NULL,
  used BIGINT NOT NULL,
  reply_token TEXT NOT NULL,
  own_id TEXT NOT NULL
);

CREATE TABLE promise (
  id TEXT NOT NULL PRIMARY KEY,
  conversation_id TEXT NOT NULL REFERENCES conversation (id),
  kind TEXT NOT NULL,
  due_at BIGINT NOT NULL,
  made_at BIGINT NOT NULL,
  kept_at BIGINT
);
CREATE INDEX promise_open ON promise (conversation_id, due_at) WHERE kept_at IS NULL;

CREATE TABLE feedback (
  message_id TEXT NOT NULL PRIMARY KEY REFERENCES message (id),
  useful BIGINT NOT NULL,
  reason TEXT NOT NULL,                 -- sealed
  at BIGINT NOT NULL
);

CREATE TABLE staff (
  id TEXT NOT NULL PRIMARY KEY,
  login TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  password_hash TEXT NOT NULL,
  disabled BIGINT NOT NULL,
  must_change BIGINT NOT NULL,
  failures BIGINT NOT NULL,
  failed_at BIGINT,
  locked_until BIGINT,
  created_at BIGINT NOT NULL
);

CREATE TABLE role_grant (
  staff_id TEXT NOT NULL REFERENCES staff (id),
  role TEXT NOT NULL,
  granted_by TEXT NOT NULL,
  granted_at BIGINT NOT NULL,
  PRIMARY KEY (staff_id, role)
);

CREATE TABLE session (
  token_hash TEXT NOT NULL PRIMARY KEY,
  staff_id TEXT NOT NULL REFERENCES staff (id),
  csrf TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  seen_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL
);
CREATE INDEX session_staff ON session (staff_id);

CREATE TABLE visitor (
  token_hash TEXT NOT NULL PRIMARY KEY,
  inbox TEXT NOT NULL,
  peer TEXT NOT NULL,
  verified BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  seen_at BIGINT NOT NULL,
  revoked_at BIGINT
);

CREATE TABLE application (
  id TEXT NOT NULL PRIMARY KEY,
  number TEXT NOT NULL,
  serial BIGINT NOT NULL,
  year BIGINT NOT NULL,
  centre TEXT NOT NULL,
  state TEXT NOT NULL,
  topic TEXT NOT NULL,
  matter TEXT NOT NULL,
  facts TEXT NOT NULL,                  -- sealed JSON
  missing TEXT NOT NULL,                -- JSON list
  urgent BIGINT NOT NULL,
  submitted_at BIGINT NOT NULL,
  paused_at BIGINT,
  paused_for BIGINT NOT NULL,
  contact_id TEXT NOT NULL REFERENCES contact (id),
  conversation_id TEXT NOT NULL REFERENCES conversation (id),
  version BIGINT NOT NULL,
  UNIQUE (centre, year, serial)
);
CREATE INDEX application_newest ON application (submitted_at, id);
CREATE INDEX application_contact ON application (contact_id);

CREATE TABLE milestone (
  application_id TEXT NOT NULL REFERENCES application (id),
  n BIGINT NOT NULL,                    -- the application's version after the move
  from_state TEXT NOT NULL,
  to_state TEXT NOT NULL,
  action TEXT NOT NULL,
  who TEXT NOT NULL,
  reason TEXT NOT NULL,                 -- sealed: staff may write a name into it
  at BIGINT NOT NULL,
  PRIMARY KEY (application_id, n)
);

-- Append-only. hash = SHA-256 over prev_hash and every other column (storage/detail/chain.cpp).
CREATE TABLE event (
  writer TEXT NOT NULL,
  seq BIGINT NOT NULL,
  prev_hash TEXT NOT NULL,
  hash TEXT NOT NULL,
  kind TEXT NOT NULL,
  subject TEXT NOT NULL,
  actor TEXT NOT NULL,
  detail TEXT NOT NULL,
  at BIGINT NOT NULL,
  PRIMARY KEY (writer, seq)
);
-- What each chain had reached, so that a cut tail shows.
CREATE TABLE event_head (
  writer TEXT NOT NULL PRIMARY KEY,
  seq BIGINT NOT NULL,
  hash TEXT NOT NULL,
  at BIGINT NOT NULL
);

CREATE TABLE article (
  law TEXT NOT NULL,
  article TEXT NOT NULL,
  text TEXT NOT NULL,
  path TEXT NOT NULL,
  PRIMARY KEY (law, article)
);
