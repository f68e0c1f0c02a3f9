/**
 * What people and programs read of a command: lines, tables, one JSON document. Decides nothing.
 * Start at {@link io.initload.cli.text.Console}.
 */
@NullMarked
package io.initload.cli.text;

import org.jspecify.annotations.NullMarked;
