/**
 * Pseudonyms that stand in the place of values: the same one for the same value, as long as the key
 * is the same. Starts at {@link io.initload.masking.Pseudonyms}.
 */
@NullMarked
package io.initload.masking;

import org.jspecify.annotations.NullMarked;
