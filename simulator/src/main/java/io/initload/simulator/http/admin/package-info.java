/** What no org has: time, faults, limits and logins in the hands of a test. */
@NullMarked
package io.initload.simulator.http.admin;

import org.jspecify.annotations.NullMarked;
