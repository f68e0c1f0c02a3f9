/**
 * An object's records, however many there are: those of some keys, and, without fetching any,
 * counts and sums of them: asked at once, then by ranges of ids.
 */
@NullMarked
package io.initload.salesforce.records;

import org.jspecify.annotations.NullMarked;
