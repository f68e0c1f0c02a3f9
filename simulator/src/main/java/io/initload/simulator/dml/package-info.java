/**
 * What a record must satisfy to be written, and the writing of up to 200 of them in one
 * transaction, whoever asks for it. Start at {@link io.initload.simulator.dml.RowTransaction}. May
 * use model and store.
 */
@NullMarked
package io.initload.simulator.dml;

import org.jspecify.annotations.NullMarked;
