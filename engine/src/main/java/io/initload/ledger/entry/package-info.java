/** What the books of the ledger hold and give: immutable values, without SQL. */
@NullMarked
package io.initload.ledger.entry;

import org.jspecify.annotations.NullMarked;
