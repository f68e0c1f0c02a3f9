/**
 * What the operator asked for: immutable records read from one YAML file and checked in one go.
 * Start at {@link io.initload.config.ConfigFile}, which yields a {@link
 * io.initload.config.MigrationConfig}. Pure: reads the configuration file and the environment it is
 * given, nothing else; uses no other package of the engine but {@link io.initload.Failure}.
 */
@NullMarked
package io.initload.config;

import org.jspecify.annotations.NullMarked;
