/** SOQL against a small org in memory; start at {@link io.initload.simulator.soql.MemoryOrg}. */
@NullMarked
package io.initload.simulator.soql;

import org.jspecify.annotations.NullMarked;
