/**
 * Bulk API 2.0 ingest jobs: states, uploads, batches, results. Start at {@link
 * io.initload.simulator.bulk.ingest.IngestJobs}. May use clock, model, store, dml, limits, hook,
 * journal.
 */
@NullMarked
package io.initload.simulator.bulk.ingest;

import org.jspecify.annotations.NullMarked;
