-- Each configuration that a process worked on a migration with: SHA-256 of its file, and what it
-- says, by the path of the setting, without secrets.
CREATE TABLE configuration (
  migration VARCHAR(400) NOT NULL,
  digest    VARCHAR(64)  NOT NULL,
  first_at  BIGINT       NOT NULL,
  host      TEXT         NOT NULL,
  settings  TEXT         NOT NULL,
  PRIMARY KEY (migration, digest)
);
