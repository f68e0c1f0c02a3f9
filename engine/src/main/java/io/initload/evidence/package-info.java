/**
 * What the code takes for granted of a database and of an org, and what was seen of it. Start at
 * {@link io.initload.evidence.Assumption}.
 */
@NullMarked
package io.initload.evidence;

import org.jspecify.annotations.NullMarked;
