/**
 * SOQL: text to rows. Owns the grammar, the check against the org's objects, what Bulk query
 * refuses, and the evaluation over any {@link io.initload.simulator.soql.RecordSource}; knows
 * nothing of HTTP, JSON, jobs or how records are stored. Start at {@link
 * io.initload.simulator.soql.SoqlEngine}. May use ANTLR and the JDK only.
 */
@NullMarked
package io.initload.simulator.soql;

import org.jspecify.annotations.NullMarked;
