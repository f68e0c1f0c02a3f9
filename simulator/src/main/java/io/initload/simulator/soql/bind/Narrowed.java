package io.initload.simulator.soql.bind;

/** A filter, and the records that can pass it. */
public record Narrowed(Filter filter, AccessPath access) {}
