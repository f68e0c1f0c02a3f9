/**
 * What the codes of other systems mean, as data: one table a system, all of one form ({@link
 * io.initload.codes.CodeTable}). Says nothing about how a code is found in an exception or a result
 * file: that is the adapter's matter. Uses no other package of the engine.
 */
@NullMarked
package io.initload.codes;

import org.jspecify.annotations.NullMarked;
