/**
 * The ledger's database: the connection, its transactions, its tables' versions, and how values are
 * written into columns. Seen by {@code ledger} alone.
 */
@NullMarked
package io.initload.ledger.database;

import org.jspecify.annotations.NullMarked;
