"""initload on Apache Airflow 3: a thin shell around the command line. No row passes through Python."""
