/**
 * Cutting a table into chunks by what every kind of database has: keys, counts and quantiles. Knows
 * no vendor; a vendor's own planner adds addresses, partitions and hashes.
 */
@NullMarked
package io.initload.source.chunk;

import org.jspecify.annotations.NullMarked;
