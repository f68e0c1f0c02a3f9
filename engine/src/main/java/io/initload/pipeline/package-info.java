/**
 * The front doors of a migration and the values they return: a run, a chunk of it, an undo, a
 * replay, a reconciliation. Each wires the acts of the rooms beneath: prepare, extract, load,
 * settle, prove, in the order of the flow. A later act may know an earlier one, never the other way
 * round, and all stand on {@code work}.
 */
@NullMarked
package io.initload.pipeline;

import org.jspecify.annotations.NullMarked;
