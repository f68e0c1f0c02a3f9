/**
 * What the two kinds of Bulk API 2.0 job share: states, costs, threads and time. {@code csv} is
 * their data, {@code results} what was done with it, {@code ingest} and {@code query} the jobs.
 * Never sees HTTP.
 */
@NullMarked
package io.initload.simulator.bulk;

import org.jspecify.annotations.NullMarked;
