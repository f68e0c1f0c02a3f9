/**
 * What the operator asked for: immutable records read from one YAML file and checked in one go.
 * Start at {@link\n * io.initload.config.MigrationConfig}. Pure: reads the configuration file and
 * the environment, nothing else.
 */
@NullMarked
package io.initload.config;

import org.jspecify.annotations.NullMarked;
