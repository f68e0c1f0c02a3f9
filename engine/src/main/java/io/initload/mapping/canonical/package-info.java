/** The one form of values and rows in which equal ones are equal, and sums of their digests. */
@NullMarked
package io.initload.mapping.canonical;

import org.jspecify.annotations.NullMarked;
