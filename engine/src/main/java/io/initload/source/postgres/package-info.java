/** PostgreSQL. Starts at {@link io.initload.source.postgres.PostgresDialect}. */
@NullMarked
package io.initload.source.postgres;

import org.jspecify.annotations.NullMarked;
