/**
 * Reads the configuration and the requests of an orchestrator: YAML, defaults, checks, and every
 * fault with its line. Start at {@link io.initload.config.read.ConfigFile}, which yields a {@link
 * io.initload.config.MigrationConfig}. Pure but for reading the file and the environment it is
 * given.
 */
@NullMarked
package io.initload.config.read;

import org.jspecify.annotations.NullMarked;
