/**
 * Allocations of the org and how much of them the last 24 hours have used. Start at {@link
 * io.initload.simulator.limits.Usage}. May use clock, model and store.
 */
@NullMarked
package io.initload.simulator.limits;

import org.jspecify.annotations.NullMarked;
