/**
 * Attempts and back-off, and the one seam through which the program waits ({@link
 * io.initload.retry.Sleeper}). Start at {@link io.initload.retry.Retry}. Pure but for the system
 * sleeper: no network, no disk, no threads.
 */
@NullMarked
package io.initload.retry;

import org.jspecify.annotations.NullMarked;
