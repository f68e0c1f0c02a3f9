/**
 * The engine of initload: moves, books and proves rows. {@link io.initload.Failure} is shared by
 * all packages.
 */
@NullMarked
package io.initload;

import org.jspecify.annotations.NullMarked;
