/**
 * From source columns to Salesforce fields: which value feeds which field, how it is rendered, and
 * when a value of the org equals the one that was sent. Pure; may use {@code config}. Start at
 * {@link io.initload.mapping.RowMapping}, which {@code mapping.compile} makes of a configuration.
 */
@NullMarked
package io.initload.mapping;

import org.jspecify.annotations.NullMarked;
