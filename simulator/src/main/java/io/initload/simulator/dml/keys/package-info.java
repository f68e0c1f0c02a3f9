/** Keys as bytes, seen and found again without an object each. Uses the store's bytes alone. */
@NullMarked
package io.initload.simulator.dml.keys;

import org.jspecify.annotations.NullMarked;
