/**
 * Where faults are let in: points in the life of a request or a job, and what may happen there.
 * Start at {@link io.initload.simulator.hook.RequestHook}. Uses nothing else of the simulator.
 */
@NullMarked
package io.initload.simulator.hook;

import org.jspecify.annotations.NullMarked;
