/**
 * A whole migration on embedded parts, with rows planted that must be refused. Start at {@link
 * io.initload.cli.demo.DemoCommand}.
 */
@NullMarked
package io.initload.cli.demo;

import org.jspecify.annotations.NullMarked;
