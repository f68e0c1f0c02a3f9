"""A whole Airflow site on one machine, for the demo and the end-to-end tests: real servers, loopback only."""
