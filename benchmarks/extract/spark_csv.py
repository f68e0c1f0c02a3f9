"""Spark local[2]: two JDBC partitions, gzip CSV. Arguments: JDBC jar, URL, output directory, rows, and ``twice``
to do it again, warm, after a line that says ``again``."""
import os
import sys

from pyspark.sql import SparkSession

jar, url, out, rows = sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4])
spark = (
    SparkSession.builder.master("local[2]")
    .config("spark.driver.memory", "2g")
    .config("spark.jars", jar)
    .config("spark.ui.enabled", "false")
    .config("spark.driver.bindAddress", "127.0.0.1")
    .config("spark.driver.host", "127.0.0.1")
    .getOrCreate()
)
frame = spark.read.jdbc(
    url,
    "orders",
    column="id",
    lowerBound=1,
    upperBound=rows,
    numPartitions=2,
    properties={
        "user": os.environ["PGUSER"],
        "password": os.environ["PGPASSWORD"],
        "fetchsize": "10000",
        "driver": "org.postgresql.Driver",
    },
)


def write():
    frame.write.option("compression", "gzip").option("header", True).mode("overwrite").csv(out)


write()
if len(sys.argv) > 5:
    print("again", flush=True)
    write()
