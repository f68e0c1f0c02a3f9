"""What a migration's YAML says, without Airflow."""
