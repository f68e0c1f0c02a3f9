/**
 * The commands that work on a migration, and the simulator: options in, the engine's front doors
 * called, views printed. Start at {@link io.initload.cli.command.MigrationCommand}.
 */
@NullMarked
package io.initload.cli.command;

import org.jspecify.annotations.NullMarked;
