/**
 * What goes wrong in the org, as data: a plan of rules, written as YAML or drawn from a seed, each
 * saying when and what. Decides, and leaves the doing to the hooks of {@link
 * io.initload.simulator.hook}. Start at {@link io.initload.simulator.fault.FaultPlan}.
 */
@NullMarked
package io.initload.simulator.fault;

import org.jspecify.annotations.NullMarked;
