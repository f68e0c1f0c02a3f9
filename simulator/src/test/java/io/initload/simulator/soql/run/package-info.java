/**
 * SOQL against a small org in memory; start at {@link io.initload.simulator.soql.run.MemoryOrg}.
 */
@NullMarked
package io.initload.simulator.soql.run;

import org.jspecify.annotations.NullMarked;
