/**
 * The {@code initload} command: options in, one document or lines for people out, an exit code. One
 * class per command; wires the engine's parts, decides nothing of a migration. Start at {@link
 * io.initload.cli.Main} and {@link io.initload.cli.MigrationCommand}.
 */
@NullMarked
package io.initload.cli;

import org.jspecify.annotations.NullMarked;
