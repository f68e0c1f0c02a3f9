/**
 * From the configuration of a table to its {@link io.initload.mapping.RowMapping}: what its names
 * stand for in the source and in the org, and what is wrong or worth knowing about them. Starts at
 * {@link io.initload.mapping.compile.MappingCompiler}.
 */
@NullMarked
package io.initload.mapping.compile;

import org.jspecify.annotations.NullMarked;
