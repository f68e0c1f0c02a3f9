/** Books of tables that were put aside, so that the tables are loaded anew. */
@NullMarked
package io.initload.ledger.resets;

import org.jspecify.annotations.NullMarked;
