/**
 * Bulk API 2.0 ingest jobs: states, uploads, batches, results. Never sees HTTP. Start at {@link
 * io.initload.simulator.bulk.IngestJobs}. May use clock, model, store, dml, limits, hook, journal.
 */
@NullMarked
package io.initload.simulator.bulk;

import org.jspecify.annotations.NullMarked;
