/**
 * Reads what people write down for an org (switches, fault plans) into its records, and says what
 * is wrong with it in their words. Start at {@link io.initload.simulator.settings.Settings}. Uses
 * nothing else of the simulator.
 */
@NullMarked
package io.initload.simulator.settings;

import org.jspecify.annotations.NullMarked;
