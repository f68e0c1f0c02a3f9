/**
 * H2 in Oracle mode, for the demo and for tests: it is sent Oracle's statements. Starts at {@link
 * io.initload.source.h2.H2Dialect}.
 */
@NullMarked
package io.initload.source.h2;

import org.jspecify.annotations.NullMarked;
