/**
 * The durable record of a migration: chunks, parts, jobs, slots, quota, exceptional rows. SQL on
 * the ledger ends here. Start at {@link io.initload.ledger.Ledger}. May use the pure packages;
 * knows no other adapter.
 */
@NullMarked
package io.initload.ledger;

import org.jspecify.annotations.NullMarked;
