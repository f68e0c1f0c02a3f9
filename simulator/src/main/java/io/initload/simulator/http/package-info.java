/**
 * What every route stands on: a request, its answer, JSON, the faults on the way, the parts of the
 * org. {@code rest}, {@code bulk}, {@code login} and {@code admin} are the families of the API;
 * {@code server} opens the sockets and brings requests to routes. Translation between HTTP and the
 * org, nothing more.
 */
@NullMarked
package io.initload.simulator.http;

import org.jspecify.annotations.NullMarked;
