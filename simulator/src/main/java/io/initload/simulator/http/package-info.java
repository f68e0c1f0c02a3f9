/**
 * Routes and translation between HTTP and the org, nothing more. Start at {@link
 * io.initload.simulator.http.OrgServer}. May use every package but the root.
 */
@NullMarked
package io.initload.simulator.http;

import org.jspecify.annotations.NullMarked;
