/**
 * Attempts, back-off and the one seam through which the program waits ({@link
 * io.initload.retry.Sleeper}). Pure but for\n * the system sleeper.
 */
@NullMarked
package io.initload.retry;

import org.jspecify.annotations.NullMarked;
