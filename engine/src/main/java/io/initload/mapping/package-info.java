/**
 * From source columns to Salesforce fields: which value feeds which field, how it is rendered and
 * what is wrong with it.\n * Pure; may use {@code config}. Start at {@link
 * io.initload.mapping.RowMapping}.
 */
@NullMarked
package io.initload.mapping;

import org.jspecify.annotations.NullMarked;
