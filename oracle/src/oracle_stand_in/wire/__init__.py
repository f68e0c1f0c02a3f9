"""Oracle Net as the thin JDBC driver speaks it: logging in, calls, describes, rows, LOBs, and what can break.

The package ``seerdb`` gives packets, handshake, cryptography and the forms of values; what JDBC needs otherwise is here.
"""
