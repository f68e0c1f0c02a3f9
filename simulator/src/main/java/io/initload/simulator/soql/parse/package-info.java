/**
 * SOQL text to a query as written: the grammar and its tree. Names are not looked up. Start at
 * {@link io.initload.simulator.soql.parse.SoqlReader}. The only room that uses ANTLR.
 */
@NullMarked
package io.initload.simulator.soql.parse;

import org.jspecify.annotations.NullMarked;
