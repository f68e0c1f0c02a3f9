-- Addresses and versions of rows.
--
-- Each table has four columns more: "#row", the address; "#xid", who wrote the row; and, filled in the table of its undo
-- alone, "#end", who wrote the next version or deleted it, and "#lost", whether the undo was overwritten since.

-- 25 rows a block, 8 blocks an extent; extents alternate between two files, so that the order of addresses is not that
-- of insertion.
CREATE FUNCTION ora.address(relation oid, extent bigint, block int, slot int) RETURNS bytea LANGUAGE sql IMMUTABLE AS $$
  SELECT int4send(relation::bigint::int)
    || int4send(((4 + extent % 2) << 22 | (128 + extent / 2 * 64 + relation::bigint % 8 * 8 + block))::int)
    || int2send(slot::int2)
$$;
CREATE FUNCTION ora.next_row(relation oid) RETURNS bytea LANGUAGE sql AS $$
  SELECT ora.address(relation, n / 200, (n / 25 % 8)::int, (n % 25)::int)
  FROM (SELECT nextval(('ora.rows_' || relation)::regclass) - 1 n) q
$$;
CREATE FUNCTION ora.extents(relation oid) RETURNS TABLE (file int, block int, blocks int) LANGUAGE plpgsql STABLE AS $$
DECLARE
  used bigint;
BEGIN
  EXECUTE format('SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM ora.rows_%s', relation) INTO used;
  RETURN QUERY SELECT (4 + e % 2)::int, (128 + e / 2 * 64 + relation::bigint % 8 * 8)::int, 8
    FROM generate_series(0, greatest((used - 1) / 200, 0)) e;
END $$;

CREATE FUNCTION ora.digits(n bigint, digits int) RETURNS text LANGUAGE sql IMMUTABLE STRICT AS $$
  SELECT string_agg(substr('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/',
    (n >> 6 * (digits - i) & 63)::int + 1, 1), '' ORDER BY i) FROM generate_series(1, digits) i
$$;
CREATE FUNCTION ora.number(digits text) RETURNS bigint LANGUAGE sql IMMUTABLE STRICT AS $$
  SELECT sum((strpos('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/', substr(digits, i, 1)) - 1)::bigint
    << 6 * (length(digits) - i))::bigint FROM generate_series(1, length(digits)) i
$$;
CREATE FUNCTION ora.u4(b bytea, at int) RETURNS bigint LANGUAGE sql IMMUTABLE STRICT AS $$
  SELECT (get_byte(b, at)::bigint << 24) | (get_byte(b, at + 1) << 16) | (get_byte(b, at + 2) << 8) | get_byte(b, at + 3)
$$;
CREATE FUNCTION ora.rowid(object bigint, file bigint, block bigint, slot bigint) RETURNS bytea LANGUAGE sql IMMUTABLE STRICT AS $$
  SELECT int4send(object::int) || int4send((file << 22 | block)::int) || int2send(slot::int2)
$$;
-- As DBMS_ROWID makes one: a block number that is too large begins anew from zero.
CREATE FUNCTION ora.rowid_create(object bigint, file bigint, block bigint, slot bigint) RETURNS bytea LANGUAGE sql STABLE AS $$
  SELECT ora.rowid(object, file, block % ora.setting('rowid_blocks')::bigint, slot)
$$;
CREATE FUNCTION ora.object(r bytea) RETURNS bigint LANGUAGE sql IMMUTABLE STRICT AS $$ SELECT ora.u4(r, 0) $$;
CREATE FUNCTION ora.file(r bytea) RETURNS bigint LANGUAGE sql IMMUTABLE STRICT AS $$ SELECT ora.u4(r, 4) >> 22 $$;
CREATE FUNCTION ora.block(r bytea) RETURNS bigint LANGUAGE sql IMMUTABLE STRICT AS $$ SELECT ora.u4(r, 4) & 4194303 $$;
CREATE FUNCTION ora.slot(r bytea) RETURNS bigint LANGUAGE sql IMMUTABLE STRICT AS $$
  SELECT get_byte(r, 8)::bigint << 8 | get_byte(r, 9)
$$;
CREATE FUNCTION ora.rowidtochar(r bytea) RETURNS text LANGUAGE sql IMMUTABLE STRICT AS $$
  SELECT ora.digits(ora.object(r), 6) || ora.digits(ora.file(r), 3) || ora.digits(ora.block(r), 6) || ora.digits(ora.slot(r), 3)
$$;
CREATE FUNCTION ora.fail(code text, message text) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION USING ERRCODE = code, MESSAGE = message;
END $$;
CREATE FUNCTION ora.chartorowid(t text) RETURNS bytea LANGUAGE plpgsql IMMUTABLE STRICT AS $$
BEGIN
  IF t !~ '^[A-Za-z0-9+/]{18}$' THEN
    PERFORM ora.fail('O1410', 'invalid ROWID');
  END IF;
  RETURN ora.rowid(ora.number(substr(t, 1, 6)), ora.number(substr(t, 7, 3)), ora.number(substr(t, 10, 6)), ora.number(substr(t, 16, 3)));
END $$;
-- Whether a block is in a sample.
CREATE FUNCTION ora.sampled(r bytea, percent numeric, seed numeric) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
  SELECT abs(hashint8extended(ora.u4(r, 0) << 32 | ora.u4(r, 4), seed::bigint) % 1000000) < percent * 10000
$$;

CREATE FUNCTION ora.keep() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'INSERT' AND OLD."#xid" <> pg_current_xact_id() THEN
    OLD."#end" := pg_current_xact_id();
    EXECUTE format('INSERT INTO %I.%I SELECT ($1).* ON CONFLICT DO NOTHING', TG_TABLE_SCHEMA, TG_ARGV[0]) USING OLD;
  END IF;
  IF TG_OP = 'DELETE' THEN
    OLD."#end" := NULL;
    RETURN OLD;
  END IF;
  IF TG_OP = 'INSERT' THEN
    NEW."#row" := ora.next_row(TG_RELID);
  END IF;
  NEW."#xid" := pg_current_xact_id();
  NEW."#end" := NULL;
  RETURN NEW;
END $$;

-- Says that the undo is over where a version that is asked for was overwritten.
CREATE FUNCTION ora.kept(lost boolean) RETURNS boolean LANGUAGE plpgsql COST 1000000 AS $$
BEGIN
  IF lost THEN
    PERFORM ora.fail('O1555', 'snapshot too old: rollback segment number 3 with name "_SYSSMU3$" too small');
  END IF;
  RETURN true;
END $$;
-- The least SCN at which what that transaction wrote can be seen; a coming one where none was taken since.
CREATE FUNCTION ora.rowscn(writer xid8) RETURNS numeric LANGUAGE sql STABLE STRICT AS $$
  SELECT coalesce(
    (SELECT min(scn) FROM ora.scns WHERE pg_visible_in_snapshot(writer, snapshot)),
    (SELECT max(scn) + 1 FROM ora.scns))::numeric
$$;
-- For tests: overwrites the undo of all tables.
CREATE FUNCTION ora.overwrite_undo() RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  r record;
BEGIN
  FOR r IN SELECT c.oid::regclass t FROM pg_class c WHERE c.relname LIKE '%#undo' AND c.relkind = 'r' LOOP
    EXECUTE format('UPDATE %s SET "#lost" = true', r.t);
  END LOOP;
END $$;
