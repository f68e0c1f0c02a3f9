/** The login host: tokens. */
@NullMarked
package io.initload.simulator.http.login;

import org.jspecify.annotations.NullMarked;
