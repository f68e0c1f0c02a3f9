"""What is kept, and where: a PostgreSQL of our own, its bookkeeping, users and privileges, tables with their versions."""
