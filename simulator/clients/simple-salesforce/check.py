"""simple-salesforce, as its users use it: session id and instance URL, bulk2 upsert and query. Ends non-zero on any difference."""

import csv
import io
import json
import sys

import requests
from simple_salesforce import Salesforce

ROWS = 20_000


def main() -> None:
    org = json.load(sys.stdin)
    login = requests.post(
        f"{org['loginUrl']}/services/oauth2/token",
        data={
            "grant_type": "client_credentials",
            "client_id": org["clientId"],
            "client_secret": org["clientSecret"],
        },
        timeout=60,
    ).json()
    sf = Salesforce(
        instance_url=login["instance_url"],
        session_id=login["access_token"],
        version="60.0",
    )

    user = sf.query(f"SELECT Id, Username FROM User WHERE Username = '{org['username']}'")
    assert user["totalSize"] == 1, user
    assert any(f["name"] == "External_ID__c" for f in sf.Contact.describe()["fields"])

    rows = [
        {"External_ID__c": f"py-{i}", "LastName": f'Last "{i}", é', "Email": f"p{i}@example.com"}
        for i in range(ROWS)
    ]
    rows[7]["Email"] = "not an address"
    rows[8]["LastName"] = ""
    results = sf.bulk2.Contact.upsert(records=rows, external_id_field="External_ID__c")
    assert sum(r["numberRecordsTotal"] for r in results) == ROWS, results
    assert sum(r["numberRecordsProcessed"] for r in results) == ROWS, results
    assert sum(r["numberRecordsFailed"] for r in results) == 2, results
    job = results[0]["job_id"]
    failed = list(csv.DictReader(io.StringIO(sf.bulk2.Contact.get_failed_records(job))))
    assert {r["External_ID__c"] for r in failed} == {"py-7", "py-8"}, failed
    good = list(csv.DictReader(io.StringIO(sf.bulk2.Contact.get_successful_records(job))))
    assert len(good) == ROWS - 2
    assert len({r["sf__Id"] for r in good}) == ROWS - 2
    left = list(csv.DictReader(io.StringIO(sf.bulk2.Contact.get_unprocessed_records(job))))
    assert left == []

    queried = []
    soql = "SELECT Id, External_ID__c, LastName, Email FROM Contact WHERE External_ID__c LIKE 'py-%'"
    for page in sf.bulk2.Contact.query(soql, max_records=6_000):
        queried.extend(csv.DictReader(io.StringIO(page)))
    assert len(queried) == ROWS - 2, len(queried)
    sent = {r["External_ID__c"]: r for r in rows}
    ids = {r["External_ID__c"]: r["sf__Id"] for r in good}
    for row in queried:
        expected = sent[row["External_ID__c"]]
        assert row["Id"] == ids[row["External_ID__c"]], row
        assert row["LastName"] == expected["LastName"], row
        assert row["Email"] == expected["Email"], row

    paged = list(sf.query_all_iter("SELECT Id, External_ID__c FROM Contact WHERE External_ID__c LIKE 'py-1%'"))
    assert len(paged) == len([k for k in ids if k.startswith("py-1")]), len(paged)
    deleted = sf.bulk2.Contact.delete(records=[{"Id": ids["py-1"]}, {"Id": ids["py-2"]}])
    assert sum(r["numberRecordsFailed"] for r in deleted) == 0, deleted
    assert sf.query("SELECT COUNT() FROM Contact")["totalSize"] == ROWS - 4

    print(f"simple-salesforce: {ROWS} rows upserted, {len(queried)} queried in bulk, {len(paged)} paged")


main()
