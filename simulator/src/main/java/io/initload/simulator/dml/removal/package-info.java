/**
 * How records leave the org, and what leaves with them. Start at {@link
 * io.initload.simulator.dml.removal.Removal}. May use model and store.
 */
@NullMarked
package io.initload.simulator.dml.removal;

import org.jspecify.annotations.NullMarked;
