package io.initload.staging;

/**
 * A value that is not staged as it was read, or was no text in the source.
 *
 * @param field index in the header
 * @param code {@code TEXT_TRUNCATED}, {@code CONTROLS_REMOVED}, {@code DATE_EMPTIED}, {@code
 *     DATE_CLAMPED}, {@code TIME_EMPTIED}, {@code TIME_CLAMPED}, {@code NULL_TEXT_EMPTIED} for the
 *     text {@code #N/A}, {@code NUMBER_EMPTIED} for NaN and the infinities, {@code ORPHAN_EMPTIED}
 *     for a lookup whose parent is not there, {@code NAME_FALLBACK} for a name in whose place
 *     another one stands, {@code MALFORMED_TEXT} for U+FFFD
 */
public record Alteration(int field, String code) {}
