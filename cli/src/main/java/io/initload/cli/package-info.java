/** Placeholder. */
@NullMarked
package io.initload.cli;

import org.jspecify.annotations.NullMarked;
