-- Each act on the source and on the org. The hash of a line is SHA-256 of the hash before it and of
-- the line, in hexadecimal digits; before the first one stand 64 zeros.
CREATE TABLE audit (
  migration VARCHAR(400) NOT NULL,
  no        BIGINT       NOT NULL,
  line      TEXT         NOT NULL,
  hash      VARCHAR(64)  NOT NULL,
  PRIMARY KEY (migration, no)
);
