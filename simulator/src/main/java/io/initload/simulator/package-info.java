/** Placeholder. */
@NullMarked
package io.initload.simulator;

import org.jspecify.annotations.NullMarked;
