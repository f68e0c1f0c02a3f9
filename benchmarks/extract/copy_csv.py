"""The usual Python: a server-side cursor, the csv module, gzip. Arguments: output file, gzip level."""
import csv
import gzip
import sys

import psycopg2

connection = psycopg2.connect(dbname="postgres")
cursor = connection.cursor(name="extract")
cursor.itersize = 10_000
cursor.execute("SELECT * FROM orders")
with gzip.open(sys.argv[1], "wt", compresslevel=int(sys.argv[2]), newline="", encoding="utf-8") as out:
    writer = csv.writer(out, lineterminator="\n")
    for row in cursor:
        writer.writerow(row)
