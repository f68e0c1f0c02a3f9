"""Oracle's SQL: a grammar, and what its trees are on PostgreSQL. What is not understood is an error that shows it."""
