package io.initload.config;

import java.nio.file.Path;

/**
 * Where parts wait.
 *
 * @param directory on the fastest local disk
 * @param maxBytes all staged files together; extraction waits when it is reached; default 50 GB
 * @param partRows rows a part aims at, a multiple of 10,000; default 250,000
 * @param partBytes uncompressed CSV bytes of a part; default 95,000,000, never above 100,000,000
 */
public record StagingConfig(Path directory, DataSize maxBytes, int partRows, DataSize partBytes) {}
