/**
 * A Salesforce org in a process. Start at {@link io.initload.simulator.SimulatedOrg}; users need
 * this package and the option types it names. May use every package below it; none of them uses it.
 */
@NullMarked
package io.initload.simulator;

import org.jspecify.annotations.NullMarked;
