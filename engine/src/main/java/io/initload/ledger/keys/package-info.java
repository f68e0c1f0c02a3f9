/** Lists of which record each loaded row is, for programs that read the ledger's database. */
@NullMarked
package io.initload.ledger.keys;

import org.jspecify.annotations.NullMarked;
