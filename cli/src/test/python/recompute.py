"""Computes the numbers of a certificate anew, and names every row and number that differs.

    python3 recompute.py < request.json

It knows of the engine nothing but the tables of its ledger and the certificate's schema, and needs
nothing but Python. The request, on standard input since it holds a token:

    {"certificate": "certificate.json", "ledger": "ledger.db",
     "org": {"instance": "https://...", "token": "..."},
     "tables": [{"name": "CUSTOMERS", "rows": "customers.csv", "object": "Account",
                 "fields": {"CUST_ID": "External_ID__c", "COUNTRY_ID": "Country__r.External_ID__c"}}]}

Rows are what SQL says of the table at the snapshot, as CSV with a header; the first of the fields is
the external id, and they stand in the order of the configuration. Values are compared as text.

It ends with 0 when certificate, source, org and ledger agree, and with 1 when they do not; each
line of its output then is one difference.
"""

import collections
import csv
import datetime
import hashlib
import json
import pathlib
import sqlite3
import sys
import urllib.parse
import urllib.request

API = "/services/data/v60.0/"
BATCH = 10_000


class Org:
    """The org, asked by its public REST query API."""

    def __init__(self, instance, token):
        self.instance = instance
        self.token = token

    def get(self, path):
        request = urllib.request.Request(self.instance + path, headers={"Authorization": "Bearer " + self.token})
        with urllib.request.urlopen(request, timeout=120) as answer:
            return json.load(answer)

    def query(self, soql):
        path = API + "query?" + urllib.parse.urlencode({"q": soql})
        while path:
            page = self.get(path)
            yield from page["records"]
            path = page.get("nextRecordsUrl")


def value(record, path):
    """The value of a field of a record, that of a parent too; null is empty."""
    for name in path.split("."):
        record = (record or {}).get(name)
    return "" if record is None else str(record)


def moment(text):
    """Milliseconds since 1970 of a time as the org or the certificate writes it."""
    return datetime.datetime.fromisoformat(text.replace("Z", "+00:00")).timestamp() * 1000


def digest(fields):
    text = json.dumps(fields, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


class Recomputation:
    def __init__(self, request):
        self.certificate = json.loads(pathlib.Path(request["certificate"]).read_text("utf-8"))
        self.migration = self.certificate["migration"]
        self.tables = request["tables"]
        self.org = Org(**request["org"])
        # the file alone, and never made by looking for it
        self.ledger = sqlite3.connect(pathlib.Path(request["ledger"]).as_uri() + "?mode=ro", uri=True)
        self.ledger.row_factory = sqlite3.Row
        self.differences = []
        self.rows_seen = 0

    def differs(self, where, what):
        self.differences.append(f"{where}: {what}")

    def same(self, where, name, certified, computed):
        if certified != computed:
            self.differs(where, f"{name} is {certified!r} on the certificate, and {computed!r} computed")

    def select(self, sql, *more):
        return self.ledger.execute(sql, (self.migration, *more)).fetchall()

    def run(self):
        self.begun = self.select("SELECT * FROM migration WHERE id = ?")[0]
        self.document()
        certified = {t["source"]: t for t in self.certificate["tables"]}
        self.same("certificate", "tables", sorted(certified), sorted(t["name"] for t in self.tables))
        loaded = {}
        for table in self.tables:
            if table["name"] in certified:
                loaded[table["object"]] = self.table(table, certified[table["name"]])
        for whole in self.certificate["whole"]:
            where = whole["object"]
            self.same(where, "whole.records", whole["records"], loaded[where])
            self.same(where, "whole.equal", whole["equal"], loaded[where])
        self.quota()

    def document(self):
        """What is said of the migration as a whole."""
        body = {k: v for k, v in self.certificate.items() if k != "digest"}
        text = json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        made = hashlib.sha256(text.encode()).hexdigest()
        self.same("certificate", "digest", self.certificate["digest"], made)
        self.same("certificate", "booksClosed", self.certificate["booksClosed"], True)
        self.same("certificate", "findings", self.certificate["findings"], [])
        org = next(self.org.query("SELECT Id FROM Organization"))["Id"]
        self.same("certificate", "orgId", self.certificate["orgId"][:15], org[:15])
        begun = self.begun["created_at"]
        self.same("certificate", "startedAt", int(moment(self.certificate["startedAt"])), begun)
        ended = self.select("SELECT MAX(ended_at) FROM job WHERE migration = ?")[0][0]
        self.same("certificate", "endedAt", int(moment(self.certificate["endedAt"])), ended)
        hosts = self.select(
            "SELECT host FROM part WHERE migration = ?1 UNION SELECT receipt_host FROM part"
            " WHERE migration = ?1 AND receipt_host IS NOT NULL"
        )
        certified = sorted(self.certificate["provenance"]["hosts"])
        self.same("certificate", "hosts", certified, sorted(h[0] for h in hosts))

    def table(self, table, certified):
        """What became of each row of a table; answers how many are records."""
        name = table["name"]
        columns, fields = list(table["fields"]), list(table["fields"].values())
        with open(table["rows"], newline="", encoding="utf-8") as file:
            source = [[row[c] for c in columns] for row in csv.DictReader(file)]
        self.rows_seen += len(source)
        asked = ", ".join([*fields, "CreatedDate"])
        records = collections.defaultdict(list)
        for record in self.org.query(f"SELECT {asked} FROM {table['object']} WHERE {fields[0]} != null"):
            records[value(record, fields[0])].append(record)
        held = self.select("SELECT * FROM exception_row WHERE migration = ? AND table_name = ?", name)
        fates = self.fates(name, fields, source, records, held)

        for number in ("snapshotRows", "readRows"):
            self.same(name, number, certified[number], len(source))
        for number in ("quarantined", "deadLettered", "created", "updated"):
            self.same(name, number, certified[number], fates[number])
        self.same(name, "stagedRows", certified["stagedRows"], len(source) - fates["quarantined"])
        everybody = [r for of_key in records.values() for r in of_key]
        before = sum(self.was_before(r) for r in everybody)
        self.same(name, "targetRows", certified["targetRows"], len(everybody))
        self.same(name, "targetBefore", certified["targetBefore"], before)
        codes = collections.Counter(r["code"] for r in held if r["state"] in ("DEAD", "QUARANTINED"))
        self.same(name, "deadLetters", {c["code"]: c["rows"] for c in certified["deadLetters"]}, codes)
        self.corrected(name, certified["corrected"], held, source)
        self.books(name, certified, fates)
        return fates["created"] + fates["updated"]

    def was_before(self, record):
        """The org tells seconds, the ledger milliseconds."""
        return moment(record["CreatedDate"]) < self.begun["created_at"] // 1000 * 1000

    def fates(self, name, fields, source, records, held):
        """Each row is a record, refused or quarantined: one of them, and one alone."""
        fates = collections.Counter()
        waiting = collections.defaultdict(list)
        for row in source:
            waiting[row[0]].append(row)
        for row in held:
            kept = json.loads(row["data"])
            if row["state"] == "QUARANTINED":
                key = kept[0]
                if kept in waiting[key]:
                    waiting[key].remove(kept)
                    fates["quarantined"] += 1
                else:
                    self.differs(f"{name} {key}", "the ledger holds back a row that the source does not have")
        final = {r["external_id"]: r for r in held if r["state"] != "QUARANTINED"}
        for key, rows in waiting.items():
            found = records.get(key, [])
            refused = final.get(key)
            for row in rows:
                fates[self.fate(name, fields, row, found, refused)] += 1
            if len(rows) > 1 or len(found) > 1:
                self.differs(f"{name} {key}", f"{len(rows)} rows are {len(found)} records")
        for key, found in records.items():
            if not waiting.get(key) and not all(map(self.was_before, found)):
                self.differs(f"{name} {key}", "is in the org, and in the source is no row that may be it")
        return fates

    def fate(self, name, fields, row, found, refused):
        where = f"{name} {row[0]}"
        state = refused["state"] if refused else ""
        if state in ("PENDING", "RETRYING"):
            self.differs(where, "still waits for another try in the ledger")
        if state == "DEAD":
            if any(not self.was_before(r) for r in found):
                self.differs(where, f"is in the org, and refused in the ledger with {refused['code']}")
            return "deadLettered"
        if not found:
            self.differs(where, "is neither in the org nor held back in the ledger")
            return "lost"
        sent = json.loads(refused["data"]) if refused and refused["corrected"] else row
        for field, wanted in zip(fields, sent, strict=True):
            there = value(found[0], field)
            # what has no value is not sent, and the record keeps what it has
            if wanted and there != wanted:
                self.differs(where, f"{field} is {there!r} in the org instead of {wanted!r}")
        return "updated" if self.was_before(found[0]) else "created"

    def corrected(self, name, certified, held, source):
        by_hand = [r for r in held if r["corrected"] and r["state"] in ("CREATED", "UPDATED") and not r["read_at"]]
        read = {row[0]: row for row in source}
        self.same(name, "corrected.rows", certified["rows"], len(by_hand))
        for row in certified["first"]:
            where = f"{name} {row['externalId']}"
            kept = [r for r in by_hand if r["external_id"] == row["externalId"]]
            if len(kept) != 1:
                self.differs(where, f"corrected on the certificate, {len(kept)} times so in the ledger")
                continue
            self.same(where, "digestRead", row["digestRead"], digest(read[row["externalId"]]))
            self.same(where, "digestLoaded", row["digestLoaded"], digest(json.loads(kept[0]["data"])))

    def books(self, name, certified, fates):
        """The ledger's own sums, by chunk and by job, and the org's word of each job."""
        chunks = self.select("SELECT * FROM chunk WHERE migration = ? AND table_name = ?", name)
        parts = self.select("SELECT * FROM part WHERE migration = ? AND table_name = ? AND state <> 'LOST'", name)
        exceptions = self.select("SELECT * FROM exception_row WHERE migration = ? AND table_name = ?", name)
        for chunk in chunks:
            loaded = sum(p["created"] + p["updated"] for p in parts if p["chunk_no"] == chunk["no"])
            held = [r["state"] for r in exceptions if r["chunk_no"] == chunk["no"]]
            quarantined = held.count("QUARANTINED")
            books = (chunk["rows_read"], chunk["quarantined"], chunk["rows_staged"])
            staged = loaded + len(held) - quarantined
            rows = (staged + quarantined, quarantined, staged)
            if books != rows:
                self.differs(
                    f"{name} chunk {chunk['no']}",
                    f"read, quarantined and staged are {books} in its books, and {rows} by its parts and rows",
                )
        for outcome in ("created", "updated"):
            booked = sum(p[outcome] for p in parts)
            if booked != fates[outcome]:
                self.differs(name, f"{booked} rows are booked as {outcome}, and {fates[outcome]} were")
        jobs = self.jobs("AND table_name = ?", name)
        self.same(name, "chunks", certified["chunks"], len(chunks))
        self.same(name, "parts", certified["parts"], len(parts))
        self.same(name, "jobs", certified["jobs"], len(jobs))
        batches = certified["batches"]
        self.same(name, "batches.rows", batches["rows"], sum(j["row_count"] for j in jobs))
        self.same(name, "batches.started", batches["started"], sum(-(-j["row_count"] // BATCH) for j in jobs))
        for job in jobs:
            told = self.org.get(API + "jobs/ingest/" + job["sf_id"])
            booked = (job["processed"], job["failed"])
            org = (told["numberRecordsProcessed"], told["numberRecordsFailed"])
            if booked != org:
                self.differs(
                    f"{name} job {job['sf_id']}",
                    f"rows worked at and refused are {booked} in the ledger, and {org} in the org",
                )

    def jobs(self, where, *more):
        return self.select(
            "SELECT job.*, part.row_count FROM job JOIN part ON part.id = job.part_id"
            " WHERE job.migration = ? AND submitted_at IS NOT NULL " + where.replace("table_name", "job.table_name"),
            *more,
        )

    def quota(self):
        jobs = self.jobs("")
        quota = self.certificate["quota"]
        self.same("certificate", "quota.jobs", quota["jobs"], len(jobs))
        self.same("certificate", "quota.records", quota["records"], sum(j["row_count"] for j in jobs))
        batches = sum(-(-j["row_count"] // BATCH) for j in jobs)
        self.same("certificate", "quota.batches", quota["batches"], batches)


def main():
    recomputation = Recomputation(json.load(sys.stdin))
    recomputation.run()
    for difference in recomputation.differences:
        print(difference)
    if recomputation.differences:
        return 1
    print(f"source, org, ledger and certificate agree on {recomputation.rows_seen} rows")
    return 0


if __name__ == "__main__":
    sys.exit(main())
