/**
 * The database a migration reads: dialects, snapshot, chunk bounds, row cursors. JDBC ends here.
 * May use the pure\n * packages; knows no other adapter.
 */
@NullMarked
package io.initload.source;

import org.jspecify.annotations.NullMarked;
