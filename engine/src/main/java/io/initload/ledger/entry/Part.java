package io.initload.ledger.entry;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A part as the ledger knows it.
 *
 * @param chunk empty for {@code RETRY} parts
 * @param name for people: {@code TABLE-00003-001}
 * @param attempt jobs that were submitted for these rows before
 * @param serial loaded with no other job of its table beside it
 */
public record Part(
    long id,
    String table,
    OptionalLong chunk,
    PartKind kind,
    String name,
    String host,
    Path path,
    long rows,
    long csvBytes,
    long gzipBytes,
    String sha256,
    int attempt,
    boolean serial,
    PartState state,
    Optional<String> owner) {}
