-- v2 (reads from v1 on): the database knows which key file sealed it, so that a wrong or lost one is noticed at start.
CREATE TABLE key_proof (
  id TEXT NOT NULL PRIMARY KEY,         -- 'field'
  proof TEXT NOT NULL                   -- sealed: opens with the right key alone
);
