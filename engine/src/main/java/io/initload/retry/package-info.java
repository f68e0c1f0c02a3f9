/**
 * Pace: attempts and back-off ({@link io.initload.retry.Retry}), how often to ask ({@link
 * io.initload.retry.PollPace}), how much to do at once ({@link
 * io.initload.retry.AdaptiveConcurrency}), and the one seam through which the program waits ({@link
 * io.initload.retry.Sleeper}). Arithmetic that never sleeps but for the system sleeper: no network,
 * no disk, no threads.
 */
@NullMarked
package io.initload.retry;

import org.jspecify.annotations.NullMarked;
