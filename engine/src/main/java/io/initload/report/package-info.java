/**
 * The certificate and the run report, as JSON and as self-contained HTML, made from facts the
 * pipeline gathered.
 */
@NullMarked
package io.initload.report;

import org.jspecify.annotations.NullMarked;
