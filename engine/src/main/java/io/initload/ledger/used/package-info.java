/** What a migration was run with. */
@NullMarked
package io.initload.ledger.used;

import org.jspecify.annotations.NullMarked;
