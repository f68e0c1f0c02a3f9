-- What PostgreSQL's own catalogue does not tell of an Oracle database.
CREATE SCHEMA ora;
CREATE SCHEMA "SYS";
CREATE SCHEMA "PUBLIC";

CREATE TABLE ora.users (name text PRIMARY KEY, password text NOT NULL, locked boolean NOT NULL DEFAULT false);
-- Of the system where owner and object are empty.
CREATE TABLE ora.privileges (
  grantee text, privilege text, owner text NOT NULL DEFAULT '', object text NOT NULL DEFAULT '',
  PRIMARY KEY (grantee, privilege, owner, object));
CREATE TABLE ora.relations (
  owner text, name text, kind text NOT NULL, relation oid, created_scn bigint NOT NULL DEFAULT 0,
  organization text NOT NULL DEFAULT 'HEAP', cluster_name text, temporary boolean NOT NULL DEFAULT false,
  partitioned boolean NOT NULL DEFAULT false, hybrid boolean NOT NULL DEFAULT false,
  row_archival boolean NOT NULL DEFAULT false, num_rows numeric, avg_row_len numeric, query text,
  directory text, PRIMARY KEY (owner, name));
CREATE TABLE ora.columns (
  owner text, table_name text, name text, position int NOT NULL, type text NOT NULL, type_owner text,
  length int NOT NULL DEFAULT 0, chars int NOT NULL DEFAULT 0, by_chars boolean NOT NULL DEFAULT false,
  precision_ int, scale int, nullable boolean NOT NULL DEFAULT true, hidden boolean NOT NULL DEFAULT false,
  PRIMARY KEY (owner, table_name, name));
-- Foreign keys name the key that they lead to; their columns stand in its order.
CREATE TABLE ora.constraints (
  owner text, name text, table_name text NOT NULL, type text NOT NULL, columns text[] NOT NULL,
  status text NOT NULL DEFAULT 'ENABLED', validated text NOT NULL DEFAULT 'VALIDATED', r_owner text, r_name text,
  PRIMARY KEY (owner, name));
-- Subpartitions name the partition they are of as their parent.
CREATE TABLE ora.partitions (
  owner text, table_name text, name text, parent text, position int NOT NULL, relation oid NOT NULL,
  composite boolean NOT NULL DEFAULT false, high_value text, num_rows numeric, PRIMARY KEY (owner, table_name, name));
CREATE TABLE ora.synonyms (
  owner text, name text, target_owner text NOT NULL, target text NOT NULL, link text, PRIMARY KEY (owner, name));
-- What a view is made of. Links lead nowhere: a test names one where a view is to have one.
CREATE TABLE ora.dependencies (
  owner text, name text, referenced_owner text, referenced_name text, referenced_type text, link text,
  PRIMARY KEY (owner, name, referenced_owner, referenced_name));
-- Policies that the dictionary tells of; nobody enforces them. Those without a column hide rows, the others values.
CREATE TABLE ora.policies (owner text, object text, name text, column_name text);
CREATE TABLE ora.sessions (
  sid int PRIMARY KEY, serial int NOT NULL, username text NOT NULL, module text, action text, client_info text,
  client_identifier text, program text, status text NOT NULL DEFAULT 'INACTIVE', logon timestamptz NOT NULL DEFAULT now());
CREATE TABLE ora.settings (name text PRIMARY KEY, value text NOT NULL);
INSERT INTO ora.settings VALUES ('dbid', (1000000000 + random() * 3000000000)::bigint::text);
INSERT INTO ora.settings VALUES
  ('undo_retention', '900'), ('tuned_undoretention', '900'), ('undo_guarantee', 'NOGUARANTEE'),
  ('charset', 'AL32UTF8'), ('rowid_blocks', '4194304'), ('release', '23'), ('version', '23.26.2.0.0');
CREATE TABLE ora.tasks (owner text, name text, PRIMARY KEY (owner, name));
CREATE TABLE ora.chunks (owner text, task text, id int, start_rowid bytea, end_rowid bytea, PRIMARY KEY (owner, task, id));

-- A moment and what could be seen at it. Numbers are handed out when somebody asks for one.
CREATE TABLE ora.scns (scn bigint PRIMARY KEY, taken timestamptz NOT NULL, snapshot pg_snapshot NOT NULL);
CREATE SEQUENCE ora.scn START 7654321;

CREATE FUNCTION ora.me() RETURNS text LANGUAGE sql STABLE AS $$ SELECT current_setting('ora.user') $$;
CREATE FUNCTION ora.setting(text) RETURNS text LANGUAGE sql STABLE AS $$ SELECT value FROM ora.settings WHERE name = $1 $$;
CREATE FUNCTION ora.may(what text, of_owner text DEFAULT '', of_object text DEFAULT '') RETURNS boolean
LANGUAGE sql STABLE AS $$
  SELECT EXISTS (SELECT FROM ora.privileges p WHERE p.grantee IN (ora.me(), 'PUBLIC')
    AND p.privilege = what AND p.owner = of_owner AND p.object = of_object)
$$;
CREATE FUNCTION ora.sees(of_owner text, of_object text) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT of_owner = ora.me() OR of_owner = 'PUBLIC'
    OR EXISTS (SELECT FROM ora.privileges p WHERE p.grantee IN (ora.me(), 'PUBLIC')
      AND (p.owner = of_owner AND p.object = of_object OR p.object = '' AND p.privilege = 'SELECT ANY TABLE'))
$$;
