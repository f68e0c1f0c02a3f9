/** What people wish of all processes that work on a migration. */
@NullMarked
package io.initload.ledger.wishes;

import org.jspecify.annotations.NullMarked;
