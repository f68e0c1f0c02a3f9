/**
 * How far a migration is, as numbers for those who watch machines: for Prometheus, which asks for
 * them, and by OTLP, to whom they are sent. One list of them for both, a view of what {@code
 * status} prints.
 */
@NullMarked
package io.initload.cli.metrics;

import org.jspecify.annotations.NullMarked;
