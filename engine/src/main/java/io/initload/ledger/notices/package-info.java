/** What people were told of a migration, so that nothing is said twice. */
@NullMarked
package io.initload.ledger.notices;

import org.jspecify.annotations.NullMarked;
