/**
 * The acts of a migration: extract, load, settle, reconcile. The only place where two adapters
 * meet.
 */
@NullMarked
package io.initload.pipeline;

import org.jspecify.annotations.NullMarked;
