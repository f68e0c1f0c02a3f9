/** What was done to both systems, line by line, as a chain of hashes. */
@NullMarked
package io.initload.ledger.audit;

import org.jspecify.annotations.NullMarked;
