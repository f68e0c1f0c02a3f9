package io.initload.expression;

/**
 * Why a text is no expression, or none over these columns.
 *
 * @param line of the text, from 0
 * @param column in that line, from 0
 * @param message without a full stop
 */
public record Fault(int line, int column, String message) {}
