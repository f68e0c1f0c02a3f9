-- What was seen of the rows before one of them moved: the newest look at them, as a document.
CREATE TABLE data_profile (
  migration TEXT   NOT NULL PRIMARY KEY,
  made_at   BIGINT NOT NULL,
  document  TEXT   NOT NULL
);
