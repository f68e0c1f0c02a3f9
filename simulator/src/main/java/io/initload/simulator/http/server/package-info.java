/**
 * The sockets of an org and the way of a request to its route and back. Start at {@link
 * io.initload.simulator.http.server.OrgServer}. May use every package but the root.
 */
@NullMarked
package io.initload.simulator.http.server;

import org.jspecify.annotations.NullMarked;
