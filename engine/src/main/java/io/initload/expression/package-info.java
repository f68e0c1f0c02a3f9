/**
 * The language in which a configuration says how a field's value is made of a row's columns: CEL's
 * syntax and type checker with functions of our own. Knows no table, no org and nothing of the
 * machine.
 */
@NullMarked
package io.initload.expression;

import org.jspecify.annotations.NullMarked;
