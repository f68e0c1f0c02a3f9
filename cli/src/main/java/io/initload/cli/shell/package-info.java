/**
 * What every command stands on: the process and its end, the parts of an opened migration, private
 * files. Start at {@link io.initload.cli.shell.OpenMigration}.
 */
@NullMarked
package io.initload.cli.shell;

import org.jspecify.annotations.NullMarked;
