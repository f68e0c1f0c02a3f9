package io.initload.config;

/** Where the books are kept: {@code jdbc:sqlite:FILE} or {@code jdbc:postgresql://...}. */
public record LedgerConfig(String url, String user, Secret password) {}
