/**
 * Statements of every kind of database: what is asked ({@link io.initload.source.sql.Sql}), with
 * which values, and small results. Knows no vendor.
 */
@NullMarked
package io.initload.source.sql;

import org.jspecify.annotations.NullMarked;
