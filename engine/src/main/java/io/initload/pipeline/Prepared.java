package io.initload.pipeline;

import io.initload.config.StagingConfig;
import io.initload.config.TableConfig;
import io.initload.mapping.Compiled;
import io.initload.mapping.KeyForm;
import io.initload.mapping.RowMapping;
import io.initload.mapping.TargetObject;
import io.initload.plan.LoadEstimate;
import io.initload.plan.PlannedChunk;
import io.initload.source.TableShape;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/**
 * A configured table that both sides agree with.
 *
 * @param parents names of the configured tables it looks up
 */
public record Prepared(
    TableConfig config,
    TableShape shape,
    TargetObject object,
    Compiled compiled,
    Set<String> parents) {
  /** CSV bytes of a row when the statistics say nothing. */
  private static final int ROW_BYTES = 200;

  public Prepared {
    parents = Set.copyOf(parents);
  }

  RowMapping mapping() {
    return compiled.mapping();
  }

  KeyForm keyForm() {
    return compiled.keyForm();
  }

  /** Whether keys that differ in the source differ in the org. */
  boolean tellsKeysApart() {
    return mapping().keyAlone().reads().stream()
        .flatMap(read -> shape.column(read.column()).stream())
        .noneMatch(keyForm()::blurs);
  }

  /** What loading these chunks of it takes. */
  LoadEstimate estimate(List<PlannedChunk> chunks, StagingConfig staging) {
    return LoadEstimate.of(
        chunks,
        shape.rowBytes() > 0 ? shape.rowBytes() : ROW_BYTES,
        staging.partRows(),
        staging.partBytes().bytes());
  }

  /** Changes when rows would be staged differently. */
  String digest() {
    String what =
        String.join(
            "\n",
            config.source().toString(),
            config.object(),
            config.externalId(),
            config.fields().toString(),
            config.nulls().name(),
            new TreeMap<>(config.values()).toString(),
            config.sourceZone().toString());
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(what.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
