/**
 * What an org demands of a record as a whole, beyond the kinds of its fields. Start at {@link
 * io.initload.simulator.dml.demand.Demands}. May use model and store.
 */
@NullMarked
package io.initload.simulator.dml.demand;

import org.jspecify.annotations.NullMarked;
