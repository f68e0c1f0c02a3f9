/** Bulk API 2.0: ingest and query jobs. */
@NullMarked
package io.initload.simulator.http.bulk;

import org.jspecify.annotations.NullMarked;
