/**
 * What every act stands on: the tools of a worker, the tables that move, and how steps run side by
 * side. Knows no act.
 */
@NullMarked
package io.initload.pipeline.work;

import org.jspecify.annotations.NullMarked;
