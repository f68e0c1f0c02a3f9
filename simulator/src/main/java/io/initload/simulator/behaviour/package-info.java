/**
 * What an org answers, as data: requests, expected answers, and the switch of the simulated org for
 * each other answer that an org is known to give. Start at {@link
 * io.initload.simulator.behaviour.Behaviours}.
 */
@NullMarked
package io.initload.simulator.behaviour;

import org.jspecify.annotations.NullMarked;
