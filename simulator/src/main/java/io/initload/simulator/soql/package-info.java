/**
 * SOQL: what its rooms share and what others hold of it: the org's objects and records as a query
 * sees them, the columns of an answer, bounds and refusals. {@code parse} reads text, {@code bind}
 * looks names up and checks, {@code run} answers; each knows only those before it. Knows nothing of
 * HTTP, JSON, jobs or how records are stored. Start at {@link
 * io.initload.simulator.soql.run.SoqlEngine}.
 */
@NullMarked
package io.initload.simulator.soql;

import org.jspecify.annotations.NullMarked;
