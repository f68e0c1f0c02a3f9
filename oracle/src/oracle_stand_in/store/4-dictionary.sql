-- Dictionary views: over PostgreSQL's catalogue and the books.
CREATE VIEW ora.segments AS
SELECT r.owner, r.name table_name, NULL::text part, r.relation, 'TABLE'::text kind FROM ora.relations r
WHERE r.kind = 'TABLE' AND r.organization = 'HEAP' AND NOT r.partitioned AND NOT r.temporary
UNION ALL
SELECT p.owner, p.table_name, p.name, p.relation, CASE WHEN p.parent IS NULL THEN 'TABLE PARTITION' ELSE 'TABLE SUBPARTITION' END
FROM ora.partitions p JOIN ora.relations r ON r.owner = p.owner AND r.name = p.table_name AND r.organization = 'HEAP'
WHERE NOT p.composite;

CREATE TABLE "SYS"."DUAL" ("DUMMY" varchar(1));
INSERT INTO "SYS"."DUAL" VALUES ('X');

CREATE VIEW "SYS"."DBA_TABLES" AS
SELECT r.owner "OWNER", r.name "TABLE_NAME", r.num_rows "NUM_ROWS", r.avg_row_len "AVG_ROW_LEN",
  CASE WHEN r.partitioned THEN 'YES' ELSE 'NO' END "PARTITIONED",
  CASE r.organization WHEN 'INDEX' THEN 'IOT' END "IOT_TYPE", r.cluster_name "CLUSTER_NAME",
  CASE WHEN r.temporary THEN 'Y' ELSE 'N' END "TEMPORARY", CASE WHEN r.hybrid THEN 'YES' ELSE 'NO' END "HYBRID"
FROM ora.relations r WHERE r.kind = 'TABLE';
CREATE VIEW "SYS"."ALL_TABLES" AS SELECT * FROM "SYS"."DBA_TABLES" WHERE ora.sees("OWNER", "TABLE_NAME");
CREATE VIEW "SYS"."USER_TABLES" AS SELECT * FROM "SYS"."DBA_TABLES" WHERE "OWNER" = ora.me();
CREATE VIEW "SYS"."ALL_EXTERNAL_TABLES" AS
SELECT r.owner "OWNER", r.name "TABLE_NAME", r.directory "DEFAULT_DIRECTORY_NAME" FROM ora.relations r
WHERE r.organization = 'EXTERNAL' AND ora.sees(r.owner, r.name);
-- Which files they are is passed over.
CREATE VIEW "SYS"."ALL_EXTERNAL_LOCATIONS" AS
SELECT ''::text "OWNER", ''::text "TABLE_NAME", ''::text "LOCATION", ''::text "DIRECTORY_NAME" WHERE false;

CREATE VIEW "SYS"."DBA_OBJECTS" AS
SELECT r.owner "OWNER", r.name "OBJECT_NAME", NULL::text "SUBOBJECT_NAME", r.kind "OBJECT_TYPE",
  r.relation::bigint::numeric "OBJECT_ID",
  CASE WHEN r.kind = 'TABLE' AND r.organization = 'HEAP' AND NOT r.partitioned THEN r.relation::bigint::numeric END "DATA_OBJECT_ID",
  'VALID'::text "STATUS"
FROM ora.relations r
UNION ALL
SELECT p.owner, p.table_name, p.name, CASE WHEN p.parent IS NULL THEN 'TABLE PARTITION' ELSE 'TABLE SUBPARTITION' END,
  p.relation::bigint::numeric, CASE WHEN NOT p.composite AND r.organization = 'HEAP' THEN p.relation::bigint::numeric END, 'VALID'
FROM ora.partitions p JOIN ora.relations r ON r.owner = p.owner AND r.name = p.table_name
UNION ALL
SELECT n.nspname, left(i.relname, -6), NULL, 'INDEX', i.oid::bigint::numeric, i.oid::bigint::numeric, 'VALID'
FROM pg_class i JOIN pg_namespace n ON n.oid = i.relnamespace JOIN ora.users u ON u.name = n.nspname
WHERE i.relkind = 'i' AND i.relname LIKE '%#index'
UNION ALL
SELECT s.owner, s.name, NULL, 'SYNONYM', NULL, NULL, 'VALID' FROM ora.synonyms s
UNION ALL
SELECT 'SYS', c.relname, NULL, 'VIEW', c.oid::bigint::numeric, NULL, 'VALID'
FROM pg_class c WHERE c.relnamespace = '"SYS"'::regnamespace;
CREATE VIEW "SYS"."ALL_OBJECTS" AS SELECT * FROM "SYS"."DBA_OBJECTS" WHERE ora.sees("OWNER", "OBJECT_NAME");
CREATE VIEW "SYS"."USER_OBJECTS" AS SELECT * FROM "SYS"."DBA_OBJECTS" WHERE "OWNER" = ora.me();
CREATE VIEW "SYS"."ALL_VIEWS" AS
SELECT r.owner "OWNER", r.name "VIEW_NAME" FROM ora.relations r WHERE r.kind = 'VIEW' AND ora.sees(r.owner, r.name);

-- Of an interval's or a time's type, the name has the digits in it.
CREATE VIEW "SYS"."ALL_TAB_COLS" AS
SELECT c.owner "OWNER", c.table_name "TABLE_NAME", c.name "COLUMN_NAME",
  CASE WHEN c.type LIKE 'TIMESTAMP%' THEN replace(c.type, 'TIMESTAMP', 'TIMESTAMP(' || c.scale || ')')
    WHEN c.type = 'INTERVAL DAY TO SECOND' THEN 'INTERVAL DAY(' || c.precision_ || ') TO SECOND(' || c.scale || ')'
    WHEN c.type = 'INTERVAL YEAR TO MONTH' THEN 'INTERVAL YEAR(' || c.precision_ || ') TO MONTH' ELSE c.type END "DATA_TYPE",
  c.length::numeric "DATA_LENGTH", c.chars::numeric "CHAR_LENGTH",
  CASE WHEN c.chars > 0 THEN CASE WHEN c.by_chars OR c.type LIKE 'N%' THEN 'C' ELSE 'B' END END "CHAR_USED",
  c.precision_::numeric "DATA_PRECISION", c.scale::numeric "DATA_SCALE",
  CASE WHEN c.nullable THEN 'Y' ELSE 'N' END "NULLABLE",
  coalesce(c.type_owner, CASE c.type WHEN 'XMLTYPE' THEN 'PUBLIC' END) "DATA_TYPE_OWNER",
  CASE WHEN c.hidden THEN 'YES' ELSE 'NO' END "HIDDEN_COLUMN", CASE WHEN NOT c.hidden THEN c.position::numeric END "COLUMN_ID",
  'NO'::text "VIRTUAL_COLUMN", CASE WHEN c.name = 'ORA_ARCHIVE_STATE' THEN 'NO' ELSE 'YES' END "USER_GENERATED"
FROM ora.columns c WHERE ora.sees(c.owner, c.table_name);
CREATE VIEW "SYS"."ALL_TAB_COLUMNS" AS SELECT * FROM "SYS"."ALL_TAB_COLS" WHERE "HIDDEN_COLUMN" = 'NO';
CREATE VIEW "SYS"."ALL_CONSTRAINTS" AS
SELECT c.owner "OWNER", c.name "CONSTRAINT_NAME", c.type "CONSTRAINT_TYPE", c.table_name "TABLE_NAME", c.status "STATUS",
  c.validated "VALIDATED", c.r_owner "R_OWNER", c.r_name "R_CONSTRAINT_NAME" FROM ora.constraints c WHERE ora.sees(c.owner, c.table_name);
CREATE VIEW "SYS"."ALL_CONS_COLUMNS" AS
SELECT c.owner "OWNER", c.name "CONSTRAINT_NAME", c.table_name "TABLE_NAME", k.column_name "COLUMN_NAME", k.n::numeric "POSITION"
FROM ora.constraints c, unnest(c.columns) WITH ORDINALITY k(column_name, n) WHERE ora.sees(c.owner, c.table_name);
CREATE VIEW "SYS"."ALL_SYNONYMS" AS
SELECT s.owner "OWNER", s.name "SYNONYM_NAME", s.target_owner "TABLE_OWNER", s.target "TABLE_NAME", s.link "DB_LINK"
FROM ora.synonyms s WHERE s.owner IN (ora.me(), 'PUBLIC') OR s.link IS NOT NULL OR ora.sees(s.target_owner, s.target);
CREATE VIEW "SYS"."ALL_DEPENDENCIES" AS
SELECT d.owner "OWNER", d.name "NAME", 'VIEW'::text "TYPE", d.referenced_owner "REFERENCED_OWNER",
  d.referenced_name "REFERENCED_NAME", d.referenced_type "REFERENCED_TYPE", d.link "REFERENCED_LINK_NAME"
FROM ora.dependencies d WHERE ora.sees(d.owner, d.name);
CREATE VIEW "SYS"."ALL_POLICIES" AS
SELECT p.owner "OBJECT_OWNER", p.object "OBJECT_NAME", p.name "POLICY_NAME", 'YES'::text "SEL", 'YES'::text "ENABLE"
FROM ora.policies p WHERE p.column_name IS NULL AND ora.sees(p.owner, p.object);
CREATE VIEW "SYS"."REDACTION_POLICIES" AS
SELECT DISTINCT p.owner "OBJECT_OWNER", p.object "OBJECT_NAME", p.name "POLICY_NAME", 'YES    '::text "ENABLE"
FROM ora.policies p WHERE p.column_name IS NOT NULL;
CREATE VIEW "SYS"."REDACTION_COLUMNS" AS
SELECT p.owner "OBJECT_OWNER", p.object "OBJECT_NAME", p.column_name "COLUMN_NAME"
FROM ora.policies p WHERE p.column_name IS NOT NULL;
CREATE VIEW "SYS"."ALL_TAB_PARTITIONS" AS
SELECT p.owner "TABLE_OWNER", p.table_name "TABLE_NAME", p.name "PARTITION_NAME",
  CASE WHEN p.composite THEN 'YES' ELSE 'NO' END "COMPOSITE", p.num_rows "NUM_ROWS", p.position::numeric "PARTITION_POSITION",
  p.high_value "HIGH_VALUE" FROM ora.partitions p WHERE p.parent IS NULL AND ora.sees(p.owner, p.table_name);
CREATE VIEW "SYS"."ALL_TAB_SUBPARTITIONS" AS
SELECT p.owner "TABLE_OWNER", p.table_name "TABLE_NAME", p.parent "PARTITION_NAME", p.name "SUBPARTITION_NAME",
  p.num_rows "NUM_ROWS" FROM ora.partitions p WHERE p.parent IS NOT NULL AND ora.sees(p.owner, p.table_name);
CREATE VIEW "SYS"."DBA_EXTENTS" AS
SELECT s.owner "OWNER", s.table_name "SEGMENT_NAME", s.part "PARTITION_NAME", s.kind "SEGMENT_TYPE", e.file::numeric "FILE_ID",
  e.file::numeric "RELATIVE_FNO", e.block::numeric "BLOCK_ID", e.blocks::numeric "BLOCKS", e.blocks * 8192::numeric "BYTES"
FROM ora.segments s, ora.extents(s.relation) e
UNION ALL
SELECT n.nspname, left(i.relname, -6), NULL, 'INDEX', 6, 6, 128 + i.oid::bigint % 1000 * 8, 8, 65536
FROM pg_class i JOIN pg_namespace n ON n.oid = i.relnamespace JOIN ora.users u ON u.name = n.nspname
WHERE i.relkind = 'i' AND i.relname LIKE '%#index';
CREATE VIEW "SYS"."DBA_TABLESPACES" AS
SELECT * FROM (VALUES ('SYSTEM', 'PERMANENT', 'NOT APPLY', 'ONLINE'), ('USERS', 'PERMANENT', 'NOT APPLY', 'ONLINE'),
  ('UNDOTBS1', 'UNDO', ora.setting('undo_guarantee'), 'ONLINE')) t("TABLESPACE_NAME", "CONTENTS", "RETENTION", "STATUS");
CREATE VIEW "SYS"."USER_PARALLEL_EXECUTE_CHUNKS" AS
SELECT c.task "TASK_NAME", c.id::numeric "CHUNK_ID", 'UNASSIGNED'::text "STATUS", c.start_rowid "START_ROWID", c.end_rowid "END_ROWID"
FROM ora.chunks c WHERE c.owner = ora.me();
CREATE VIEW "SYS"."USER_PARALLEL_EXECUTE_TASKS" AS SELECT t.name "TASK_NAME" FROM ora.tasks t WHERE t.owner = ora.me();

CREATE VIEW "SYS"."V$DATABASE" AS
SELECT 'STANDIN'::text "NAME", ora.setting('dbid')::numeric "DBID", ora.setting('dbid')::numeric + 1 "CON_DBID", (SELECT max(scn) FROM ora.scns)::numeric "CURRENT_SCN", 'READ WRITE'::text "OPEN_MODE",
  'PRIMARY'::text "DATABASE_ROLE", 'ARCHIVELOG'::text "LOG_MODE";
CREATE VIEW "SYS"."V$UNDOSTAT" AS
SELECT (now() - i * interval '10 minutes')::timestamp(0) "BEGIN_TIME", (now() - (i - 1) * interval '10 minutes')::timestamp(0) "END_TIME",
  ora.setting('tuned_undoretention')::numeric + (i - 1) * 7 "TUNED_UNDORETENTION" FROM generate_series(1, 3) i;
CREATE VIEW "SYS"."V$PARAMETER" AS
SELECT * FROM (VALUES ('undo_retention', ora.setting('undo_retention')), ('undo_tablespace', 'UNDOTBS1'),
  ('compatible', '19.0.0'), ('open_cursors', '300'), ('processes', '320')) p("NAME", "VALUE");
CREATE VIEW "SYS"."V$SESSION" AS
SELECT s.sid::numeric "SID", s.serial::numeric "SERIAL#", s.username "USERNAME", s.module "MODULE", s.action "ACTION",
  s.client_info "CLIENT_INFO", s.client_identifier "CLIENT_IDENTIFIER", s.program "PROGRAM", s.status "STATUS",
  s.logon::timestamp(0) "LOGON_TIME" FROM ora.sessions s;
CREATE VIEW "SYS"."GV$SESSION" AS SELECT 1::numeric "INST_ID", s.* FROM "SYS"."V$SESSION" s;
CREATE VIEW "SYS"."V$INSTANCE" AS SELECT 'STANDIN'::text "INSTANCE_NAME", ora.setting('version') "VERSION", 'OPEN'::text "STATUS";
CREATE VIEW "SYS"."V$VERSION" AS SELECT 'Oracle stand-in ' || ora.setting('version') "BANNER";
CREATE VIEW "SYS"."PRODUCT_COMPONENT_VERSION" AS
SELECT 'Oracle stand-in'::text "PRODUCT", ora.setting('version') "VERSION", ora.setting('version') "VERSION_FULL";
CREATE VIEW "SYS"."NLS_DATABASE_PARAMETERS" AS
SELECT * FROM (VALUES ('NLS_CHARACTERSET', ora.setting('charset')), ('NLS_NCHAR_CHARACTERSET', 'AL16UTF16')) p("PARAMETER", "VALUE");
CREATE VIEW "SYS"."ALL_USERS" AS
SELECT u.name "USERNAME", CASE WHEN u.name IN ('SYS', 'SYSTEM') THEN 'Y' ELSE 'N' END "ORACLE_MAINTAINED" FROM ora.users u;
CREATE VIEW "SYS"."SESSION_PRIVS" AS SELECT p.privilege "PRIVILEGE" FROM ora.privileges p WHERE p.grantee = ora.me() AND p.object = '';
CREATE VIEW "SYS"."ALL_TAB_PRIVS" AS
SELECT p.grantee "GRANTEE", p.owner "TABLE_SCHEMA", p.object "TABLE_NAME", p.privilege "PRIVILEGE" FROM ora.privileges p
WHERE p.object <> '' AND (p.grantee IN (ora.me(), 'PUBLIC') OR p.owner = ora.me());
