/**
 * What was seen of the rows themselves before one of them moves. Start at {@link
 * io.initload.evidence.rows.DataProfile}.
 */
@NullMarked
package io.initload.evidence.rows;

import org.jspecify.annotations.NullMarked;
