/**
 * Answers queries over any {@link io.initload.simulator.soql.RecordSource}: walks records, groups,
 * sorts, and spills to disk what does not fit. Start at {@link
 * io.initload.simulator.soql.run.SoqlEngine}.
 */
@NullMarked
package io.initload.simulator.soql.run;

import org.jspecify.annotations.NullMarked;
