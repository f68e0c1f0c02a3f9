"""Who may what, and what is said of it."""

from __future__ import annotations

import pytest
from test_past import code


@pytest.fixture
def owner(oracle):
    made = oracle.user("SELECT ON SYS.V_$DATABASE")
    made.run("CREATE TABLE t (id NUMBER(9) PRIMARY KEY)", "INSERT INTO t SELECT LEVEL FROM DUAL CONNECT BY LEVEL <= 10", "COMMIT")
    return made


def test_what_is_not_granted_is_not_there(oracle, owner):
    other = oracle.user()
    asked = f"SELECT id FROM {owner.name}.t"
    assert code(other.rows, asked) == 942
    assert other.rows("SELECT 1 FROM all_tables WHERE owner = :1", owner.name) == []
    owner.run(f"GRANT SELECT ON t TO {other.name}")
    assert len(other.rows(asked)) == 10
    assert other.rows("SELECT table_name FROM all_tables WHERE owner = :1", owner.name) == [("T",)]


def test_select_alone_is_not_flashback(oracle, owner):
    other = oracle.user("SELECT ON SYS.V_$DATABASE")
    owner.run(f"GRANT READ ON t TO {other.name}")
    scn = other.scn()
    past = f"SELECT id FROM {owner.name}.t AS OF SCN :1 t"
    assert code(other.rows, past, scn) == 41900
    oracle.catalogue.release = 19
    try:
        assert code(other.rows, past, scn) == 1031
    finally:
        oracle.catalogue.release = 23
    owner.run(f"GRANT FLASHBACK ON t TO {other.name}")
    assert len(other.rows(past, scn)) == 10
    owner.run(f"REVOKE FLASHBACK ON t FROM {other.name}")
    assert code(other.rows, past, scn) == 41900


def test_views_of_the_dba_are_granted_one_by_one(oracle):
    user = oracle.user()
    assert code(user.rows, "SELECT CURRENT_SCN FROM V$DATABASE") == 942
    assert code(user.rows, "SELECT 1 FROM dba_extents") == 942
    assert code(user.rows, "SELECT DBMS_FLASHBACK.GET_SYSTEM_CHANGE_NUMBER FROM DUAL") == 904
    oracle.dba.run(f"GRANT EXECUTE ON SYS.DBMS_FLASHBACK TO {user.name}", f"GRANT SELECT ON SYS.DBA_EXTENTS TO {user.name}")
    assert user.rows("SELECT DBMS_FLASHBACK.GET_SYSTEM_CHANGE_NUMBER FROM DUAL")[0][0] > 0
    assert user.rows("SELECT 1 FROM dba_extents WHERE owner = :1", user.name) == []


def test_a_user_without_a_session_and_one_that_is_locked(oracle):
    user = oracle.user()
    oracle.dba.run(f"REVOKE CREATE SESSION FROM {user.name}")
    assert code(oracle.login, user.name) == 1045
    oracle.dba.run(f"ALTER USER {user.name} ACCOUNT LOCK")
    assert code(user.session.password, user.name) == 28000


def test_a_dba_ends_the_sessions_of_a_user(oracle, owner, monkeypatch):
    owner.session.tag({"module": "initload"})
    ended = []
    monkeypatch.setattr(oracle.catalogue, "kill", ended.append)
    oracle.dba.run(
        "BEGIN FOR s IN (SELECT sid, serial# AS serial, inst_id FROM gv$session WHERE username ="
        f" '{owner.name}' AND module = 'initload') LOOP EXECUTE IMMEDIATE 'ALTER SYSTEM KILL SESSION"
        " ''' || s.sid || ',' || s.serial || ',@' || s.inst_id || ''' IMMEDIATE'; END LOOP; END;"
    )
    assert ended == [owner.session.session]
