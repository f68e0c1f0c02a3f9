/**
 * The target org: session, describe, limits, ingest jobs, results, queries, and what its error
 * codes mean. HTTP and JSON end here. Start at {@link io.initload.salesforce.Org}. May use the pure
 * packages; knows no other adapter.
 */
@NullMarked
package io.initload.salesforce;

import org.jspecify.annotations.NullMarked;
