/**
 * Before a row moves: the configuration is held against both sides, the snapshot chosen, each table
 * planned into the ledger.
 */
@NullMarked
package io.initload.pipeline.prepare;

import org.jspecify.annotations.NullMarked;
