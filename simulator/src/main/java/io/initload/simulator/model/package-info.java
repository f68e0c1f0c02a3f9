/**
 * What an org consists of: objects and fields as their describe documents say, and record ids.
 * Start at {@link io.initload.simulator.model.Schema}. Uses nothing else of the simulator.
 */
@NullMarked
package io.initload.simulator.model;

import org.jspecify.annotations.NullMarked;
