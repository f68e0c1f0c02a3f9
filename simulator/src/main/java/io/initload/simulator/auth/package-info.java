/**
 * Who may come in: OAuth flows, sessions and their expiry. Start at {@link
 * io.initload.simulator.auth.Logins}. May use clock and model.
 */
@NullMarked
package io.initload.simulator.auth;

import org.jspecify.annotations.NullMarked;
