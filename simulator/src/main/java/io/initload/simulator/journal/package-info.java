/**
 * What happened, for checkers that stand outside: requests, job states, allocations used. Start at
 * {@link io.initload.simulator.journal.Journal}. Uses nothing else of the simulator.
 */
@NullMarked
package io.initload.simulator.journal;

import org.jspecify.annotations.NullMarked;
