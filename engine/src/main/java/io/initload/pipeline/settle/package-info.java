/**
 * The results of an ended job are booked, row by row; what may be tried again is staged again, what
 * must not is a dead letter.
 */
@NullMarked
package io.initload.pipeline.settle;

import org.jspecify.annotations.NullMarked;
