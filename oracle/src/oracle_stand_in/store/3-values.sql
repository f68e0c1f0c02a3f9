-- Values that PostgreSQL has no type of, and functions that mean something else in Oracle.
CREATE TYPE ora.tstz AS (at timestamp, zone text);

CREATE FUNCTION ora.compare(a ora.tstz, b ora.tstz) RETURNS int LANGUAGE sql IMMUTABLE STRICT AS $$
  SELECT CASE WHEN a.at < b.at THEN -1 WHEN a.at > b.at THEN 1 ELSE 0 END
$$;
DO $$
DECLARE
  o text[];
BEGIN
  FOREACH o SLICE 1 IN ARRAY ARRAY[['lt', '<', '>', '>='], ['le', '<=', '>=', '>'], ['eq', '=', '=', '<>'],
      ['ge', '>=', '<=', '<'], ['gt', '>', '<', '<='], ['ne', '<>', '<>', '=']] LOOP
    EXECUTE format('CREATE FUNCTION ora.%s(a ora.tstz, b ora.tstz) RETURNS boolean LANGUAGE sql IMMUTABLE STRICT AS '
      || '''SELECT (a).at %s (b).at''', o[1], o[2]);
    EXECUTE format('CREATE OPERATOR ora.%s (LEFTARG = ora.tstz, RIGHTARG = ora.tstz, FUNCTION = ora.%s)', o[2], o[1]);
  END LOOP;
END $$;
CREATE OPERATOR CLASS ora.tstz_ops DEFAULT FOR TYPE ora.tstz USING btree AS
  OPERATOR 1 ora.<, OPERATOR 2 ora.<=, OPERATOR 3 ora.=, OPERATOR 4 ora.>=, OPERATOR 5 ora.>,
  FUNCTION 1 ora.compare(ora.tstz, ora.tstz);
CREATE FUNCTION ora.lesser(a ora.tstz, b ora.tstz) RETURNS ora.tstz LANGUAGE sql IMMUTABLE STRICT AS $$
  SELECT CASE WHEN (a).at <= (b).at THEN a ELSE b END
$$;
CREATE FUNCTION ora.greater(a ora.tstz, b ora.tstz) RETURNS ora.tstz LANGUAGE sql IMMUTABLE STRICT AS $$
  SELECT CASE WHEN (a).at >= (b).at THEN a ELSE b END
$$;
CREATE AGGREGATE ora.min(ora.tstz) (SFUNC = ora.lesser, STYPE = ora.tstz);
CREATE AGGREGATE ora.max(ora.tstz) (SFUNC = ora.greater, STYPE = ora.tstz);
CREATE FUNCTION ora.lesser(a bytea, b bytea) RETURNS bytea LANGUAGE sql IMMUTABLE STRICT AS $$ SELECT least(a, b) $$;
CREATE FUNCTION ora.greater(a bytea, b bytea) RETURNS bytea LANGUAGE sql IMMUTABLE STRICT AS $$ SELECT greatest(a, b) $$;
CREATE AGGREGATE ora.min(bytea) (SFUNC = ora.lesser, STYPE = bytea);
CREATE AGGREGATE ora.max(bytea) (SFUNC = ora.greater, STYPE = bytea);

CREATE FUNCTION ora.from_tz(at timestamp, zone text) RETURNS ora.tstz LANGUAGE sql STABLE STRICT AS $$
  SELECT CASE WHEN zone ~ '^[+-]'
    THEN ROW(at - (zone || CASE WHEN zone LIKE '%:%' THEN ':00' ELSE ':00:00' END)::interval, zone)::ora.tstz
    ELSE ROW((at AT TIME ZONE zone) AT TIME ZONE 'UTC', zone)::ora.tstz END
$$;
CREATE FUNCTION ora.local(t ora.tstz) RETURNS timestamp LANGUAGE sql STABLE STRICT AS $$
  SELECT CASE WHEN (t).zone ~ '^[+-]'
    THEN (t).at + ((t).zone || CASE WHEN (t).zone LIKE '%:%' THEN ':00' ELSE ':00:00' END)::interval
    ELSE ((t).at AT TIME ZONE 'UTC') AT TIME ZONE (t).zone END
$$;
CREATE FUNCTION ora.zoned(t timestamptz) RETURNS ora.tstz LANGUAGE sql IMMUTABLE STRICT AS $$
  SELECT ROW(t AT TIME ZONE 'UTC', '+00:00')::ora.tstz
$$;
CREATE FUNCTION ora.instant(t ora.tstz) RETURNS timestamptz LANGUAGE sql IMMUTABLE STRICT AS $$ SELECT (t).at AT TIME ZONE 'UTC' $$;

-- An empty text is none.
CREATE FUNCTION ora.text(t text) RETURNS text LANGUAGE sql IMMUTABLE AS $$ SELECT nullif(t, '') $$;
CREATE FUNCTION ora.hash(t text) RETURNS numeric LANGUAGE sql IMMUTABLE STRICT AS $$ SELECT (hashtext(t)::bigint & 4294967295)::numeric $$;
-- Days as a number, and a number as days.
CREATE FUNCTION ora.days(n numeric) RETURNS interval LANGUAGE sql IMMUTABLE STRICT AS $$ SELECT make_interval(secs => (n * 86400)::float8) $$;
CREATE FUNCTION ora.days(i interval) RETURNS numeric LANGUAGE sql IMMUTABLE STRICT AS $$ SELECT extract(epoch FROM i) / 86400 $$;
CREATE FUNCTION ora.seconds(n numeric, unit text) RETURNS interval LANGUAGE sql IMMUTABLE STRICT AS $$
  SELECT make_interval(secs => (n * CASE upper(unit) WHEN 'DAY' THEN 86400 WHEN 'HOUR' THEN 3600 WHEN 'MINUTE' THEN 60 ELSE 1 END)::float8)
$$;
CREATE FUNCTION ora.months(n numeric, unit text) RETURNS interval LANGUAGE sql IMMUTABLE STRICT AS $$
  SELECT make_interval(months => (n * CASE upper(unit) WHEN 'YEAR' THEN 12 ELSE 1 END)::int)
$$;
-- An interval of its text in the form of SQL's literals; a sign is of all of it.
CREATE FUNCTION ora.to_yminterval(t text) RETURNS interval LANGUAGE sql STABLE STRICT AS $$
  SELECT CASE WHEN m IS NOT NULL THEN make_interval(months => (m[1] || '1')::int * (m[2]::int * 12 + m[3]::int))
    ELSE (SELECT interval '0' WHERE ora.fail('O1867', 'the interval is invalid')) END
  FROM (SELECT regexp_match(btrim(t), '^([+-]?)(\d+) *- *(\d+)$') m) q
$$;
CREATE FUNCTION ora.to_dsinterval(t text) RETURNS interval LANGUAGE sql STABLE STRICT AS $$
  SELECT CASE WHEN m IS NOT NULL
    THEN make_interval(secs => ((m[1] || '1')::int * (m[2]::numeric * 86400 + m[3]::int * 3600 + m[4]::int * 60 + m[5]::numeric))::float8)
    ELSE (SELECT interval '0' WHERE ora.fail('O1867', 'the interval is invalid')) END
  FROM (SELECT regexp_match(btrim(t), '^([+-]?)(\d+) +(\d+) *: *(\d+) *: *(\d+(?:\.\d+)?)$') m) q
$$;
CREATE FUNCTION ora.substr(t text, at numeric, n numeric DEFAULT NULL) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT nullif(CASE WHEN n IS NULL THEN substr(t, s) ELSE substr(t, s, greatest(n::int, 0)) END, '')
  FROM (SELECT CASE WHEN at < 0 THEN length(t) + at::int + 1 WHEN at = 0 THEN 1 ELSE at::int END s) q
$$;
CREATE FUNCTION ora.to_char(t timestamp, format text) RETURNS text LANGUAGE sql STABLE STRICT AS $$
  SELECT to_char(t, replace(replace(replace(replace(replace(format, 'SYYYY', CASE WHEN t < '0001-01-01' THEN '-' ELSE ' ' END || 'YYYY'), 'FF9', 'US"000"'), 'FF6', 'US'), 'FF3', 'MS'), 'FF', 'US'))
$$;
CREATE FUNCTION ora.to_char(t ora.tstz, format text) RETURNS text LANGUAGE sql STABLE STRICT AS $$
  SELECT ora.to_char(ora.local(t), replace(replace(format, 'TZH:TZM', '"' || (t).zone || '"'), 'TZR', '"' || (t).zone || '"'))
$$;
CREATE FUNCTION ora.to_char(n numeric, format text DEFAULT NULL) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE WHEN format IS NULL OR format LIKE 'TM%' THEN ora.plain(n)
    WHEN format ~ '^(FM)?X+$' THEN upper(to_hex(n::bigint)) ELSE to_char(n, format) END
$$;
CREATE FUNCTION ora.plain(n numeric) RETURNS text LANGUAGE sql IMMUTABLE STRICT AS $$
  SELECT regexp_replace(trim_scale(n)::text, '^(-?)0\.', '\1.')
$$;
CREATE FUNCTION ora.add_months(t timestamp, n numeric) RETURNS timestamp LANGUAGE sql IMMUTABLE STRICT AS $$
  SELECT CASE WHEN date_trunc('month', t) + interval '1 month - 1 day' = date_trunc('day', t)
    THEN date_trunc('month', r) + interval '1 month - 1 day' + (t - date_trunc('day', t)) ELSE r END
  FROM (SELECT t + make_interval(months => n::int) r) q
$$;
CREATE FUNCTION ora.sys_context(space text, name text) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT CASE upper(name) WHEN 'SESSION_USER' THEN ora.me() WHEN 'CURRENT_USER' THEN ora.me()
    WHEN 'CURRENT_SCHEMA' THEN current_setting('ora.schema') WHEN 'SID' THEN current_setting('ora.session')
    WHEN 'DB_NAME' THEN 'STANDIN' WHEN 'SERVICE_NAME' THEN 'STANDIN'
    WHEN 'DATABASE_ROLE' THEN 'PRIMARY' WHEN 'LANGUAGE' THEN 'AMERICAN_AMERICA.' || ora.setting('charset')
    WHEN 'MODULE' THEN (SELECT module FROM ora.sessions WHERE sid = current_setting('ora.session')::int)
    WHEN 'ACTION' THEN (SELECT action FROM ora.sessions WHERE sid = current_setting('ora.session')::int)
    ELSE (SELECT 'STANDIN' WHERE upper(name) = 'CON_NAME' AND ora.setting('release')::int >= 12 OR ora.fail('O2003', 'invalid USERENV parameter')) END
$$;
-- What is not of ASCII, and a backslash, by its UTF-16.
CREATE FUNCTION ora.asciistr(t text) RETURNS text LANGUAGE sql IMMUTABLE STRICT AS $$
  SELECT string_agg(CASE WHEN c < 128 AND c <> 92 THEN chr(c) WHEN c < 65536 THEN '\' || lpad(upper(to_hex(c)), 4, '0')
    ELSE '\' || upper(to_hex(55296 + (c - 65536) / 1024)) || '\' || upper(to_hex(56320 + (c - 65536) % 1024)) END, '' ORDER BY n)
  FROM unnest(string_to_array(t, NULL)) WITH ORDINALITY u(l, n), ascii(l) c
$$;
-- No text here holds the character of the number 0.
CREATE FUNCTION ora.chr(n numeric) RETURNS text LANGUAGE sql IMMUTABLE STRICT AS $$
  SELECT CASE WHEN n::int = 0 THEN NULL ELSE chr(n::int) END
$$;
-- UTF-16 units.
CREATE FUNCTION ora.units(t text) RETURNS numeric LANGUAGE sql IMMUTABLE STRICT AS $$
  SELECT (length(t) + length(regexp_replace(t, '[^\U00010000-\U0010FFFF]', '', 'g')))::numeric
$$;
-- The chunks of DBMS_PARALLEL_EXECUTE: each in one extent.
CREATE FUNCTION ora.chunk(task text, of_owner text, of_table text, rows numeric) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM ora.tasks t WHERE t.owner = ora.me() AND t.name = task) THEN
    PERFORM ora.fail('O9498', 'duplicate task name or task not found');
  END IF;
  INSERT INTO ora.chunks
  SELECT ora.me(), task, row_number() OVER (ORDER BY s.relation, e.file, b),
    ora.rowid(s.relation::bigint, e.file, b, 0),
    ora.rowid(s.relation::bigint, e.file, least(b + step, e.block + e.blocks) - 1, 32767)
  FROM (SELECT greatest(1, rows::int / 25) step) q, ora.segments s, ora.extents(s.relation) e,
    generate_series(e.block, e.block + e.blocks - 1, q.step) b
  WHERE s.owner = of_owner AND s.table_name = of_table;
END $$;
-- A text of fixed length with its blanks.
CREATE FUNCTION ora.padded(t bpchar, n int) RETURNS text LANGUAGE sql IMMUTABLE STRICT AS $$ SELECT rpad(t::text, n) $$;
CREATE FUNCTION ora.padded(t text, n int) RETURNS text LANGUAGE sql IMMUTABLE STRICT AS $$ SELECT rpad(t, n) $$;
CREATE FUNCTION ora.power(a numeric, b numeric) RETURNS numeric LANGUAGE sql IMMUTABLE STRICT AS $$
  SELECT CASE WHEN b < 0 AND b = trunc(b) THEN round(1, 60) / power(a, -b) ELSE power(a, b) END
$$;
