package io.initload.config;

/**
 * The database that is read.
 *
 * @param url a JDBC URL; its prefix chooses the dialect (oracle, h2, postgresql)
 * @param sessions how many sessions read at once; default 4
 * @param parallelHint default degree of the {@code PARALLEL} hint; 0 for none; default 8
 * @param fetchBytes bytes of rows fetched in one round trip; default 4 MB
 */
public record SourceConfig(
    String url,
    String user,
    Secret password,
    int sessions,
    int parallelHint,
    DataSize fetchBytes) {}
