package io.initload.ledger.resets;

import java.time.Instant;

/**
 * The books of a table were put aside.
 *
 * @param table its name in the configuration
 * @param books the name under which they lie now, as if they were a migration's
 * @param by who did it, and on which machine
 */
public record Reset(String table, String books, Instant at, String by) {}
