/**
 * Bulk API 2.0 query jobs: states and result pages. Start at {@link
 * io.initload.simulator.bulk.query.QueryJobs}. May use clock, model, store, limits, soql and the
 * org's queries.
 */
@NullMarked
package io.initload.simulator.bulk.query;

import org.jspecify.annotations.NullMarked;
