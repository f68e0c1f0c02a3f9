/**
 * How a call reaches the org: HTTP, proxies, login, the session all threads share, and the repeats
 * of what may be repeated. Seen by {@code salesforce} alone, but for the bodies it is given to send
 * ({@link io.initload.salesforce.wire.Upload}) and what is left of the day's requests ({@link
 * io.initload.salesforce.wire.RequestBudget}).
 */
@NullMarked
package io.initload.salesforce.wire;

import org.jspecify.annotations.NullMarked;
