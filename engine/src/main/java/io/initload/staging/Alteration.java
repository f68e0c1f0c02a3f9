package io.initload.staging;

/**
 * A value that is not staged as it was read.
 *
 * @param field index in the header
 * @param code {@code TEXT_TRUNCATED}, {@code CONTROLS_REMOVED}, {@code DATE_EMPTIED}, {@code
 *     DATE_CLAMPED}, {@code NUMBER_EMPTIED} for NaN and the infinities
 */
public record Alteration(int field, String code) {}
