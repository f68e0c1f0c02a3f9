/**
 * What time it is in the org: real, faster than real, or moved by a test. Start at {@link
 * io.initload.simulator.clock.OrgClock}. Uses nothing else of the simulator; nobody else waits.
 */
@NullMarked
package io.initload.simulator.clock;

import org.jspecify.annotations.NullMarked;
