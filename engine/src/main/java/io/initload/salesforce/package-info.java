/**
 * The target org: session, describe, limits, ingest jobs, results, queries. HTTP and JSON end here.
 * May use the pure\n * packages; knows no other adapter.
 */
@NullMarked
package io.initload.salesforce;

import org.jspecify.annotations.NullMarked;
