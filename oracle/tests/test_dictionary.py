"""What the dictionary tells of how tables hang together, and of whose they are."""

from __future__ import annotations

import pytest
from test_past import code

REFERENCES = (
    "SELECT c.constraint_name, k.column_name, p.owner, p.table_name, r.column_name"
    " FROM all_constraints c JOIN all_cons_columns k ON k.owner = c.owner AND k.constraint_name = c.constraint_name"
    " JOIN all_constraints p ON p.owner = c.r_owner AND p.constraint_name = c.r_constraint_name"
    " JOIN all_cons_columns r ON r.owner = p.owner AND r.constraint_name = p.constraint_name AND r.position = k.position"
    " WHERE c.owner = :1 AND c.table_name = :2 AND c.constraint_type = 'R' ORDER BY c.constraint_name, k.position"
)


@pytest.fixture
def user(oracle):
    made = oracle.user()
    made.run("CREATE TABLE p (id NUMBER(9) PRIMARY KEY, a VARCHAR2(5), b VARCHAR2(5), CONSTRAINT p_ab UNIQUE (a, b))")
    return made


def test_foreign_keys_name_the_key_that_they_lead_to(user):
    user.run(
        "CREATE TABLE c (boss NUMBER(9) CONSTRAINT c_boss REFERENCES c, id NUMBER(9) PRIMARY KEY, p_id NUMBER(9) CONSTRAINT c_p"
        " REFERENCES p ON DELETE CASCADE, x VARCHAR2(5), y VARCHAR2(5), CONSTRAINT c_xy FOREIGN KEY (y, x) REFERENCES p (b, a) DISABLE)"
    )
    assert user.rows(REFERENCES, user.name, "C") == [
        ("C_BOSS", "BOSS", user.name, "C", "ID"),
        ("C_P", "P_ID", user.name, "P", "ID"),
        ("C_XY", "X", user.name, "P", "A"),
        ("C_XY", "Y", user.name, "P", "B"),
    ]
    assert user.rows("SELECT status FROM all_constraints WHERE owner = :1 AND constraint_name = 'C_XY'", user.name) == [("DISABLED",)]
    assert user.rows(REFERENCES, user.name, "P") == []


def test_a_foreign_key_added_later_and_to_another_schema(oracle, user):
    other = oracle.user()
    user.run(f"GRANT SELECT ON p TO {other.name}")
    other.run("CREATE TABLE d (p_id NUMBER(9))", f"ALTER TABLE d ADD CONSTRAINT d_p FOREIGN KEY (p_id) REFERENCES {user.name}.p (id)")
    assert other.rows(REFERENCES, other.name, "D") == [("D_P", "P_ID", user.name, "P", "ID")]


def test_a_foreign_key_needs_a_key_to_lead_to(user):
    user.run("CREATE TABLE bare (id NUMBER(9))")
    assert code(user.run, "CREATE TABLE c1 (id NUMBER(9) REFERENCES bare)") == 2268
    assert code(user.run, "CREATE TABLE c2 (id NUMBER(9) REFERENCES bare (id))") == 2270
    assert code(user.run, "CREATE TABLE c3 (x VARCHAR2(5) REFERENCES p (a))") == 2270


def test_users_that_came_with_the_database_are_marked(oracle, user):
    asked = "SELECT u.oracle_maintained FROM all_users u WHERE u.username = :1"
    assert user.rows(asked, "SYSTEM") == [("Y",)]
    assert user.rows(asked, user.name) == [("N",)]
    oracle.catalogue.release = 11
    try:
        assert code(oracle.user().rows, asked, "SYSTEM") == 904
    finally:
        oracle.catalogue.release = 23
