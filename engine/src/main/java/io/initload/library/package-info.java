/**
 * The engine for programs of others: a migration opened, run and reconciled without a command line.
 * Start at {@link io.initload.library.Migration}; docs/library.md is its page.
 */
@NullMarked
package io.initload.library;

import org.jspecify.annotations.NullMarked;
