"""What reading costs the client: Oracle's driver over the wire beside PostgreSQL's.

    python3 benchmarks/wire/run.py [--rows 200000] [--rounds 5] [--frames 12]

Starts the stand-in for Oracle (oracle/) and fills a table of 16 mixed columns there; the same values stand in a plain
table of the PostgreSQL behind it. Each is read whole, by one session, by the engine's cursor into nothing, in a process
of its own: processor time of the reading thread alone, medians, and where it is spent. The server's speed plays no part
in processor time; the stand-in's is not Oracle's. Needs `make build` and what oracle/with-oracle needs.
"""
import argparse
import json
import os
import pathlib
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
COLUMNS = """
  LEVEL id, 'ORD-' || LEVEL ext_id, 'Łukasz ' || MOD(LEVEL, 97) first_name, 'Name' || MOD(LEVEL, 1009) last_name,
  'u' || LEVEL || '@example.com' email, '+' || (10000000000 + LEVEL) phone, MOD(LEVEL, 999) || ' High Street' street,
  'München' city, MOD(LEVEL, 100000) / 100 balance, MOD(LEVEL, 100000) / 10000 score, DATE '1940-01-01' + MOD(LEVEL, 25000) birth_date,
  TIMESTAMP '2015-01-01 00:00:00' + NUMTODSINTERVAL(LEVEL, 'SECOND') created_at,
  TIMESTAMP '2019-01-01 00:00:00' + NUMTODSINTERVAL(LEVEL, 'MINUTE') updated_at, MOD(LEVEL, 2) active,
  MOD(LEVEL, 5000) owner_id, 'Said "' || LEVEL || '", then left.' notes
"""
TABLE = """CREATE TABLE orders (id NUMBER(18) PRIMARY KEY, ext_id VARCHAR2(40), first_name VARCHAR2(40), last_name VARCHAR2(40),
  email VARCHAR2(80), phone VARCHAR2(40), street VARCHAR2(80), city VARCHAR2(40), balance NUMBER(18,2), score NUMBER(9,4),
  birth_date DATE, created_at TIMESTAMP(6), updated_at TIMESTAMP(6), active NUMBER(1), owner_id NUMBER(10), notes VARCHAR2(200))"""
PLAIN = """CREATE SCHEMA plain; CREATE TABLE plain."ORDERS" AS SELECT "ID"::bigint "ID", "EXT_ID"::text "EXT_ID",
  "FIRST_NAME"::text "FIRST_NAME", "LAST_NAME"::text "LAST_NAME", "EMAIL"::text "EMAIL", "PHONE"::text "PHONE", "STREET"::text "STREET",
  "CITY"::text "CITY", "BALANCE"::numeric(18,2) "BALANCE", "SCORE"::numeric(9,4) "SCORE", "BIRTH_DATE"::timestamp "BIRTH_DATE",
  "CREATED_AT"::timestamp "CREATED_AT", "UPDATED_AT"::timestamp "UPDATED_AT", "ACTIVE"::smallint "ACTIVE", "OWNER_ID"::bigint "OWNER_ID",
  "NOTES"::text "NOTES" FROM "SYSTEM"."ORDERS"; ANALYZE plain."ORDERS" """


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=200_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--frames", type=int, default=12)
    parser.add_argument("--classpath", default=os.environ.get("INITLOAD_CLASSPATH", str(ROOT / "cli/target/initload/lib/*")))
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as work:
        script = pathlib.Path(work, "fill.sql")
        script.write_text(f"{TABLE};\nINSERT INTO orders SELECT {COLUMNS} FROM DUAL CONNECT BY LEVEL <= {options.rows};\nCOMMIT;\n")
        subprocess.run(["javac", "-nowarn", "-encoding", "UTF-8", "-d", work, "-cp", options.classpath, HERE / "Read.java"], check=True)
        command = [ROOT / "oracle/with-oracle", "python", "-m", "oracle_stand_in", "--script", script]
        server = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        try:
            measure(options, work, json.loads(server.stdout.readline()))
        finally:
            server.stdin.close()
            server.wait(60)


def measure(options, work, facts):
    postgres = dict(word.split("=", 1) for word in facts["postgres"].split())
    psql = [ROOT / "oracle/with-oracle", "python", "-c", "import psycopg, sys; psycopg.connect(sys.argv[1], autocommit=True).execute(sys.argv[2])"]
    subprocess.run([*psql, facts["postgres"], PLAIN], check=True)
    plain = f"jdbc:postgresql://{postgres['host']}:{postgres['port']}/{postgres['dbname']}"
    for title, url, table, user, password in (
        ("ojdbc over the wire", facts["url"], "ORDERS", facts["user"], facts["password"]),
        ("PostgreSQL, COPY", plain, "plain.ORDERS", postgres["user"], postgres["password"]),
    ):
        print(f"== {title}", flush=True)
        java = ["java", "-Xmx256m", "-XX:+UseParallelGC", "-Duser.timezone=UTC", "-cp", f"{work}:{options.classpath}"]
        subprocess.run(
            [*java, "Read", url, table, str(options.rounds), str(options.frames)],
            env={**os.environ, "SOURCE_USER": user, "SOURCE_PASSWORD": password},
            check=True,
        )


if __name__ == "__main__":
    sys.exit(main())
