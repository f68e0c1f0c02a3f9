/** Sums of row digests, from both sides. */
@NullMarked
package io.initload.ledger.digests;

import org.jspecify.annotations.NullMarked;
