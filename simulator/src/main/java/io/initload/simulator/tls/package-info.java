/**
 * The org's own certificate, for clients that insist on https. Start at {@link
 * io.initload.simulator.tls.TlsIdentity}.
 */
@NullMarked
package io.initload.simulator.tls;

import org.jspecify.annotations.NullMarked;
