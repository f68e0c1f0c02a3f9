-- What people were told. Entered before it is sent, so that of several processes that see the same
-- thing one tells it. A round is what happens from one start that was told to the next.
CREATE TABLE notice (
  migration TEXT   NOT NULL,
  round     BIGINT NOT NULL,
  occasion  TEXT   NOT NULL,  -- of its round: told once
  event     TEXT   NOT NULL,
  told_at   BIGINT NOT NULL,
  trouble   TEXT,             -- null until it was sent, or could not be; empty when all were reached
  PRIMARY KEY (migration, round, occasion)
);
