/**
 * A query as written to one that can run: looks names up in the org's objects, refuses what the org
 * refuses, and finds what an index can answer. Start at {@link
 * io.initload.simulator.soql.bind.QueryCompiler}. Reads no records.
 */
@NullMarked
package io.initload.simulator.soql.bind;

import org.jspecify.annotations.NullMarked;
