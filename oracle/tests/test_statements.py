"""What is understood, and what is refused rather than guessed."""

from __future__ import annotations

from decimal import Decimal

import pytest
from test_past import code

from oracle_stand_in.wire.errors import OracleError


@pytest.mark.parametrize(
    ("sql", "expected"),
    [
        ("SELECT 7 / 2, MOD(7, 4), 10 - 2.5 FROM DUAL", [(3.5, 3, 7.5)]),
        ("SELECT NVL('', 'empty is null'), LENGTH('') FROM DUAL", [("empty is null", None)]),
        ("SELECT 'a' || NULL || 'b', SUBSTR('abcdef', -3, 2), TRIM('  x ') FROM DUAL", [("ab", "de", "x")]),
        ("SELECT TRANSLATE('a-b', '-x', '-'), INSTR('hello', 'l'), CHR(65) FROM DUAL", [("a-b", 3, "A")]),
        ("SELECT DECODE(2, 1, 'one', 2, 'two', 'many'), NVL2(NULL, 1, 2) FROM DUAL", [("two", 2)]),
        ("SELECT TO_CHAR(DATE '2024-02-29' + 1, 'YYYY-MM-DD'), TO_CHAR(255, 'FMXX') FROM DUAL", [("2024-03-01", "FF")]),
        (r"SELECT LENGTH2(UNISTR('a\d83d\de00')), LENGTH(UNISTR('a\d83d\de00')) FROM DUAL", [(3, 2)]),
        ("SELECT TRANSLATE('a' || CHR(7), 'x' || CHR(0) || CHR(7), 'x') FROM DUAL", [("a",)]),
        (r"SELECT ASCIISTR(UNISTR('a\005c\00e9\d83d\de00')) FROM DUAL", [(r"a\005C\00E9\D83D\DE00",)]),
        ("SELECT TO_CHAR(DATE '2024-02-29', 'SYYYY-MM-DD') FROM DUAL", [(" 2024-02-29",)]),
        ("SELECT DATE '2024-03-01' - DATE '2024-02-01' FROM DUAL", [(29,)]),
        ("SELECT CASE WHEN 1 = 1 AND NOT 2 < 1 THEN 'yes' END FROM DUAL", [("yes",)]),
        ("SELECT COUNT(*) FROM (SELECT LEVEL n FROM DUAL CONNECT BY LEVEL <= 7) WHERE ROWNUM <= 3", [(3,)]),
        ("SELECT n FROM (SELECT LEVEL n FROM DUAL CONNECT BY LEVEL <= 9 ORDER BY 1 DESC) WHERE ROWNUM < 3", [(9,), (8,)]),
        ("SELECT 1 FROM DUAL UNION ALL SELECT 2 FROM DUAL", [(1,), (2,)]),
        ("SELECT n FROM (SELECT LEVEL n, MOD(LEVEL, 2) m FROM DUAL CONNECT BY LEVEL <= 4) WHERE (n, m) IN"
         " (SELECT 2, 0 FROM DUAL UNION ALL SELECT 3, 0 FROM DUAL) ORDER BY n", [(2,)]),
        ("SELECT n FROM (SELECT LEVEL n, MOD(LEVEL, 2) m FROM DUAL CONNECT BY LEVEL <= 4) WHERE n < 4 AND (n, m)"
         " NOT IN (SELECT 2, 0 FROM DUAL) ORDER BY n", [(1,), (3,)]),
        ("SELECT MIN(n), b FROM (SELECT LEVEL n, NTILE(2) OVER (ORDER BY LEVEL) b FROM DUAL CONNECT BY LEVEL <= 4)"
         " GROUP BY b ORDER BY b", [(1, 1), (3, 2)]),
    ],
)  # fmt: skip
def test_understood(oracle, sql, expected):
    assert oracle.dba.rows(sql) == expected


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT 1 FROM DUAL WHERE REGEXP_LIKE('a', 'b')",
        "SELECT * FROM all_tables PIVOT (COUNT(*) FOR owner IN ('A'))",
        "MERGE INTO t USING u ON (t.a = u.a) WHEN MATCHED THEN UPDATE SET a = 1",
        "SELECT XMLAGG(x) FROM DUAL",
        "BEGIN DBMS_OUTPUT.PUT_LINE('x'); END;",
        "ALTER SESSION SET NLS_SORT = FRENCH",
        "ALTER SESSION SET WHATEVER = 1",
        "SELECT 1 FROM DUAL FOR UPDATE",
        "SELECT 1 FROM DUAL WHERE MAX(DUMMY) IS NULL",
        "SELECT 1 FROM DUAL WHERE ROW_NUMBER() OVER (ORDER BY DUMMY) = 1",
        "EXPLAIN PLAN FOR SELECT 1 FROM DUAL",
        "FLASHBACK TABLE t TO SCN 1",
        "SELECT (1, 2) FROM DUAL",
        "SELECT 1 FROM DUAL WHERE (1, 2) IN (SELECT (1, 2) FROM DUAL)",
        "SELECT 1 FROM DUAL WHERE (1, 2) IN (SELECT 1 FROM DUAL)",
        "SELECT 1; ",
        "",
    ],
)
def test_refused(oracle, sql):
    with pytest.raises(OracleError):
        oracle.dba.rows(sql)


def test_an_error_leaves_the_transaction_and_open_cursors(oracle):
    user = oracle.user()
    user.run("CREATE TABLE t (id NUMBER(9) PRIMARY KEY)", "INSERT INTO t SELECT LEVEL FROM DUAL CONNECT BY LEVEL <= 3000")
    rows = user.session.execute("SELECT id FROM t", [[]]).rows
    next(rows)
    assert code(user.rows, "SELECT nothing FROM t") == 904
    assert code(user.run, "INSERT INTO t VALUES (1)") == 1
    user.run("COMMIT")
    assert len(list(rows)) == 2999
    assert user.rows("SELECT COUNT(*) FROM t") == [(3000,)]


def test_kinds_of_tables_are_told_apart(oracle):
    user = oracle.user()
    user.run(
        "CREATE TABLE heap (id NUMBER)",
        "CREATE TABLE iot (id NUMBER, CONSTRAINT iot_pk PRIMARY KEY (id)) ORGANIZATION INDEX",
        "CREATE CLUSTER c (id NUMBER)",
        "CREATE TABLE clustered (id NUMBER) CLUSTER c (id)",
        "CREATE GLOBAL TEMPORARY TABLE temp (id NUMBER) ON COMMIT PRESERVE ROWS",
        "CREATE TABLE parts (id NUMBER) PARTITION BY HASH (id) PARTITIONS 4",
    )
    found = user.rows(
        "SELECT t.table_name, t.partitioned, t.iot_type, t.cluster_name, t.temporary FROM all_tables t WHERE t.owner = :1 ORDER BY 1",
        user.name,
    )
    assert found == [
        ("CLUSTERED", "NO", None, "C", "N"),
        ("HEAP", "NO", None, None, "N"),
        ("IOT", "NO", "IOT", None, "N"),
        ("PARTS", "YES", None, None, "N"),
        ("TEMP", "NO", None, None, "Y"),
    ]


def test_chunks_of_a_task_cover_a_table_in_its_order(oracle):
    user = oracle.user()
    user.run("CREATE TABLE t (id NUMBER)", "INSERT INTO t SELECT LEVEL FROM DUAL CONNECT BY LEVEL <= 1000", "COMMIT")
    user.session.execute("BEGIN DBMS_PARALLEL_EXECUTE.CREATE_TASK('A'); END;", [[]])
    user.run(f"BEGIN DBMS_PARALLEL_EXECUTE.CREATE_CHUNKS_BY_ROWID('A', '{user.name}', 'T', TRUE, 100); END;")
    starts = [r for (r,) in user.rows("SELECT start_rowid FROM user_parallel_execute_chunks WHERE task_name = 'A' ORDER BY 1")]
    assert len(starts) == 10 and starts == sorted(starts)
    counted = 0
    for low, high in zip(starts, [*starts[1:], None], strict=True):
        below = f" AND ROWID < CHARTOROWID('{_shown(user, high)}')" if high else ""
        counted += int(user.rows(f"SELECT COUNT(*) FROM t WHERE ROWID >= CHARTOROWID('{_shown(user, low)}'){below}")[0][0])
    assert counted == 1000
    user.run("BEGIN DBMS_PARALLEL_EXECUTE.DROP_TASK('A'); END;")
    assert code(user.run, "BEGIN DBMS_PARALLEL_EXECUTE.DROP_TASK('A'); END;") == 29498


def _shown(user, address: bytes) -> str:
    return user.session._catalogue.control("SELECT ora.rowidtochar(%s)", address)[0][0]


def test_the_dictionary_tells_what_a_view_is_made_of(oracle):
    user = oracle.user()
    user.run(
        "CREATE TABLE a (id NUMBER)", "CREATE TABLE b (id NUMBER)", "CREATE VIEW v AS SELECT a.id FROM a JOIN b ON b.id = a.id",
        "CREATE VIEW w AS SELECT id FROM v",
    )  # fmt: skip
    asked = "SELECT referenced_name, referenced_type FROM all_dependencies WHERE owner = :1 AND name = :2 ORDER BY 1"
    assert user.rows(asked, user.name, "V") == [("A", "TABLE"), ("B", "TABLE")]
    assert user.rows(asked, user.name, "W") == [("V", "VIEW")]
    user.run("DROP VIEW v")
    assert user.rows(asked, user.name, "V") == []


@pytest.mark.parametrize(
    ("interval", "seconds"),
    [("INTERVAL '0.001' SECOND * 5", "0.005"), ("INTERVAL '400' DAY(3)", "34560000"), ("INTERVAL '4 5:12' DAY TO MINUTE", "364320")],
)
def test_a_literal_of_an_interval(oracle, interval, seconds):
    moved = oracle.dba.rows(
        f"SELECT EXTRACT(DAY FROM {interval}) * 86400 + EXTRACT(HOUR FROM {interval}) * 3600"
        f" + EXTRACT(MINUTE FROM {interval}) * 60 + EXTRACT(SECOND FROM {interval}) FROM DUAL"
    )
    assert moved == [(Decimal(seconds),)]


def test_a_query_is_described_without_being_run(oracle):
    user = oracle.user()
    user.run("CREATE TABLE described (id NUMBER(9) PRIMARY KEY, name VARCHAR2(20))")
    columns = user.session.describe("SELECT id, name FROM described WHERE id = :1 AND name < :2")
    assert [c.name for c in columns] == ["ID", "NAME"]
    assert code(user.session.describe, "SELECT nope FROM described") == 904


def test_an_invisible_column_is_left_out_by_an_asterisk_and_told_of_by_the_dictionary(oracle):
    user = oracle.user()
    user.run("CREATE TABLE t (id NUMBER(9), secret VARCHAR2(9) INVISIBLE NOT NULL)", "INSERT INTO t (id, secret) VALUES (1, 'x')")
    assert user.rows("SELECT * FROM t") == [(1,)]
    assert user.rows("SELECT t.secret FROM t t WHERE t.secret = 'x'") == [("x",)]
    told = "SELECT column_name, hidden_column, user_generated FROM all_tab_cols WHERE table_name = 'T' ORDER BY column_name"
    assert user.rows(told) == [("ID", "NO", "YES"), ("SECRET", "YES", "YES")]


def test_columns_of_one_name_keep_it(oracle):
    columns = oracle.dba.session.describe("SELECT a.dummy, b.dummy FROM DUAL a JOIN DUAL b ON 1 = 1")
    assert [column.name for column in columns] == ["DUMMY", "DUMMY"]
