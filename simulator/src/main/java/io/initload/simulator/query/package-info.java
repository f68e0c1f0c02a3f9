/**
 * SOQL over the org's records, as the REST query resources answer it, and the printing of rows that
 * they share with Bulk query jobs. Start at {@link io.initload.simulator.query.RestQueries}. May
 * use soql, store, model, clock.
 */
@NullMarked
package io.initload.simulator.query;

import org.jspecify.annotations.NullMarked;
