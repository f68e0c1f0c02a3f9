/**
 * What every command stands on: the process and its end, both sides of a migration, private files.
 * Start at {@link io.initload.cli.shell.Wiring}.
 */
@NullMarked
package io.initload.cli.shell;

import org.jspecify.annotations.NullMarked;
