/**
 * The database a migration reads: dialects, snapshot, chunk bounds, row cursors. JDBC ends here.
 * Start at {@link io.initload.source.SourceDatabase}; a {@code Dialect} holds what differs between
 * databases. May use the pure packages; knows no other adapter.
 */
@NullMarked
package io.initload.source;

import org.jspecify.annotations.NullMarked;
