/**
 * What the operator asked for: immutable records. {@code config.read} makes them from a file. Uses
 * no other package of the engine but {@link io.initload.Failure}.
 */
@NullMarked
package io.initload.config;

import org.jspecify.annotations.NullMarked;
