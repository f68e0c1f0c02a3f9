/**
 * From source columns to Salesforce fields: which value feeds which field, how it is rendered, what
 * is wrong with the mapping, and when a value of the org equals the one that was sent. Pure; may
 * use {@code config}. Start at {@link io.initload.mapping.MappingCompiler}, whose product is a
 * {@link io.initload.mapping.RowMapping}.
 */
@NullMarked
package io.initload.mapping;

import org.jspecify.annotations.NullMarked;
