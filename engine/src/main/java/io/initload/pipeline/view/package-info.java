/**
 * What people look at: front doors that return values, paged and bounded, from the ledger alone.
 */
@NullMarked
package io.initload.pipeline.view;

import org.jspecify.annotations.NullMarked;
