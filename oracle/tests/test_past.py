"""Reads in the past: what a moment is, what it shows, and when it is over."""

from __future__ import annotations

import pytest

from oracle_stand_in.wire.errors import OracleError

ROWS = "SELECT LEVEL, 'n' || LEVEL FROM DUAL CONNECT BY LEVEL <= 100"


def code(call, *arguments) -> int:
    with pytest.raises(OracleError) as caught:
        call(*arguments)
    return caught.value.code


@pytest.fixture
def user(oracle):
    made = oracle.user("SELECT ON SYS.V_$DATABASE")
    made.run("CREATE TABLE t (id NUMBER(9) PRIMARY KEY, name VARCHAR2(20))", f"INSERT INTO t {ROWS}", "COMMIT")
    return made


def names(user, scn: int) -> list[tuple]:
    return sorted(user.rows("SELECT id, name FROM t AS OF SCN :1 t", scn))


def test_a_moment_shows_what_was_committed_before_it(user):
    before = user.scn()
    truth = names(user, before)
    assert len(truth) == 100
    user.run("UPDATE t SET name = 'new' WHERE id <= 10", "DELETE FROM t WHERE id > 90", "INSERT INTO t VALUES (500, 'late')")
    while_open = user.scn()
    user.run("COMMIT")
    after = user.scn()
    assert names(user, before) == truth
    assert names(user, while_open) == truth, "what was not committed is not of the moment"
    assert len(names(user, after)) == 91
    assert ("new",) in user.rows("SELECT DISTINCT name FROM t AS OF SCN :1 t", after)


def test_a_row_that_changed_often_has_one_version_at_each_moment(user):
    moments = []
    for n in range(5):
        user.run(f"UPDATE t SET name = 'v{n}' WHERE id = 1", "COMMIT")
        moments.append(user.scn())
    for n, scn in enumerate(moments):
        assert user.rows("SELECT name FROM t AS OF SCN :1 t WHERE id = 1", scn) == [(f"v{n}",)]


def test_an_address_stays_when_a_row_changes(user):
    scn = user.scn()
    addresses = user.rows("SELECT ROWIDTOCHAR(ROWID) FROM t WHERE id = 7")
    user.run("UPDATE t SET name = 'moved?' WHERE id = 7", "COMMIT")
    assert user.rows("SELECT ROWIDTOCHAR(ROWID) FROM t WHERE id = 7") == addresses
    assert user.rows("SELECT ROWIDTOCHAR(t.ROWID) FROM t AS OF SCN :1 t WHERE id = 7", scn) == addresses


def test_undo_that_was_overwritten_is_missed_only_where_it_is_needed(oracle, user):
    before = user.scn()
    user.run("UPDATE t SET name = 'new' WHERE id = 100", "COMMIT")
    after = user.scn()
    oracle.catalogue.control("SELECT ora.overwrite_undo()")
    assert code(names, user, before) == 1555
    assert len(names(user, after)) == 100
    assert len(user.rows("SELECT id FROM t AS OF SCN :1 t WHERE id < 50", after)) == 49


def test_a_moment_that_never_was(user):
    assert code(names, user, user.scn() + 1000) == 8181
    assert code(names, user, 5) == 8180


def test_a_table_that_was_defined_after_the_moment(user):
    before = user.scn()
    user.run("ALTER TABLE t ADD (more NUMBER)")
    assert code(names, user, before) == 1466
    before = user.scn()
    user.run("TRUNCATE TABLE t")
    assert code(names, user, before) == 1466


def test_a_row_version_is_not_above_the_moment_that_sees_it(user):
    scn = user.scn()
    asked = "SELECT COUNT(*), CASE WHEN NVL(MAX(t.ORA_ROWSCN), 0) <= :1 THEN 1 ELSE 0 END FROM t"
    assert user.rows(asked, scn) == [(100, 1)]
    user.run("UPDATE t SET name = 'new' WHERE id = 100", "COMMIT")
    assert user.rows(asked, scn) == [(100, 0)]


def test_partitions_are_read_one_by_one_in_the_past(user):
    user.run(
        "CREATE TABLE p (id NUMBER(9) PRIMARY KEY, note VARCHAR2(20)) PARTITION BY RANGE (id)"
        " (PARTITION low VALUES LESS THAN (50), PARTITION high VALUES LESS THAN (MAXVALUE))",
        f"INSERT INTO p {ROWS}",
        "COMMIT",
    )
    scn = user.scn()
    user.run("DELETE FROM p WHERE id IN (1, 2, 99)", "UPDATE p SET id = 7000 WHERE id = 3", "COMMIT")
    assert len(user.rows('SELECT 1 FROM p PARTITION ("LOW") AS OF SCN :1 t', scn)) == 49
    assert len(user.rows('SELECT 1 FROM p PARTITION ("HIGH") AS OF SCN :1 t', scn)) == 51
    assert len(user.rows("SELECT 1 FROM p AS OF SCN :1 t", scn)) == 100
    assert user.rows("SELECT COUNT(*) FROM p") == [(97,)]
    assert code(user.rows, 'SELECT 1 FROM p PARTITION ("NONE") t') == 2149


def test_a_view_is_read_at_the_moment_of_its_tables(user):
    user.run("CREATE VIEW v AS SELECT id, UPPER(name) big FROM t WHERE id <= 10")
    scn = user.scn()
    user.run("DELETE FROM t WHERE id = 1", "COMMIT")
    assert len(user.rows("SELECT big FROM v")) == 9
    assert len(user.rows("SELECT big FROM v AS OF SCN :1 t", scn)) == 10


def test_a_session_that_is_put_back_reads_every_table_at_the_moment(oracle, user):
    user.run("CREATE TABLE u (id NUMBER(9) PRIMARY KEY, word VARCHAR2(20))", f"INSERT INTO u {ROWS}", "COMMIT")
    joined = "SELECT t.name, u.word FROM t JOIN u ON u.id = t.id WHERE t.id <= 2 ORDER BY 1"
    scn = user.scn()
    user.run("UPDATE t SET name = 'new'", "DELETE FROM u WHERE id = 1", "COMMIT")
    back = f"BEGIN DBMS_FLASHBACK.ENABLE_AT_SYSTEM_CHANGE_NUMBER({scn}); END;"
    assert code(user.run, back) == 6550, "nobody may unless it is granted"
    oracle.dba.run(f"GRANT EXECUTE ON SYS.DBMS_FLASHBACK TO {user.name}")
    user.run("DELETE FROM u WHERE id = 2")
    assert code(user.run, back) == 8183
    user.run("ROLLBACK", back)
    assert user.rows(joined) == [("n1", "n1"), ("n2", "n2")]
    assert code(user.run, back) == 8184
    assert code(user.run, "DELETE FROM t") == 8182
    assert code(user.run, "CREATE TABLE v (id NUMBER)") == 8182
    user.run("BEGIN DBMS_FLASHBACK.DISABLE; END;")
    assert user.rows(joined) == [("new", "n2")]


def test_extents_hold_every_address(user):
    user.run("INSERT INTO t SELECT LEVEL + 1000, 'x' FROM DUAL CONNECT BY LEVEL <= 900", "COMMIT")
    user2 = user.rows("SELECT ROWIDTOCHAR(ROWID) FROM t")
    assert len(set(user2)) == 1000
    places = user.rows(
        "SELECT DBMS_ROWID.ROWID_RELATIVE_FNO(ROWID), DBMS_ROWID.ROWID_BLOCK_NUMBER(ROWID), DBMS_ROWID.ROWID_OBJECT(ROWID) FROM t"
    )
    stored = user.session._catalogue.control("SELECT file, block, blocks FROM ora.extents(%s)", int(places[0][2]))
    blocks = {(file, block + i) for file, block, count in stored for i in range(count)}
    assert {(file, block) for file, block, _ in places} <= blocks
