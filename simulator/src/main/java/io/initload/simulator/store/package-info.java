/**
 * Records, jobs and counters on disk, never one heap object per row. Start at {@link
 * io.initload.simulator.store.OrgStore} and {@link io.initload.simulator.store.Records}. May use
 * model.
 */
@NullMarked
package io.initload.simulator.store;

import org.jspecify.annotations.NullMarked;
