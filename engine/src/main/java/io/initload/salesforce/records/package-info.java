/**
 * Counts and sums of an object's records, however many there are: asked at once, then by ranges of
 * ids. No record is fetched.
 */
@NullMarked
package io.initload.salesforce.records;

import org.jspecify.annotations.NullMarked;
