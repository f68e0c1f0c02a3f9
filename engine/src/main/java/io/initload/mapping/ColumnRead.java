package io.initload.mapping;

/** One column to read and how to render it. */
public record ColumnRead(String column, Rendering rendering) {}
