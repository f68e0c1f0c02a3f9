/** Fault plans: read, drawn and dealt out. */
@NullMarked
package io.initload.simulator.fault;

import org.jspecify.annotations.NullMarked;
