/** https against the org's own certificate. */
@NullMarked
package io.initload.simulator.tls;

import org.jspecify.annotations.NullMarked;
