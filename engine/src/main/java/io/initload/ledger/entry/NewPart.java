package io.initload.ledger.entry;

import java.nio.file.Path;
import java.util.OptionalLong;

/** A sealed file about to be entered as a part. */
public record NewPart(
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
    boolean serial) {}
