"""An Oracle database to test against: Oracle Net in front, PostgreSQL behind, the grammar and the dictionary between."""
