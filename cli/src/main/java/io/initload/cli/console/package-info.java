/**
 * {@code initload console}: one page on which a migration is looked at in a browser. Facts come
 * from the engine's front doors; here they are served, and nothing is changed.
 */
@NullMarked
package io.initload.cli.console;

import org.jspecify.annotations.NullMarked;
