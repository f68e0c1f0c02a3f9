/**
 * Oracle Database through the thin driver. Starts at {@link
 * io.initload.source.oracle.OracleDialect}.
 */
@NullMarked
package io.initload.source.oracle;

import org.jspecify.annotations.NullMarked;
