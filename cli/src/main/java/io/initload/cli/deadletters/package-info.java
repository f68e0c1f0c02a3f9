/**
 * {@code initload dead-letters}: rows that need a person, listed, written to files, tried again.
 */
@NullMarked
package io.initload.cli.deadletters;

import org.jspecify.annotations.NullMarked;
