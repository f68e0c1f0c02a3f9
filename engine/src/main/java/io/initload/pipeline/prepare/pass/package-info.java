/** Passes over a table: what each makes of its configuration. */
@NullMarked
package io.initload.pipeline.prepare.pass;

import org.jspecify.annotations.NullMarked;
