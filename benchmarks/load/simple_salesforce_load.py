"""Upserts a CSV file with simple-salesforce and reads what became of every row: URL, FILE; SF_TOKEN."""

import csv
import io
import os
import sys

from simple_salesforce import Salesforce

url, file = sys.argv[1:]
sf = Salesforce(instance_url=url, session_id=os.environ["SF_TOKEN"], version="60.0")
jobs = sf.bulk2.Account.upsert(csv_file=file, external_id_field="External_ID__c")
done = 0
for job in jobs:
    for fetch in ("get_successful_records", "get_failed_records", "get_unprocessed_records"):
        text = getattr(sf.bulk2.Account, fetch)(job["job_id"])
        done += sum(1 for _ in csv.DictReader(io.StringIO(text)))
assert done == sum(job["numberRecordsTotal"] for job in jobs)
print(done)
