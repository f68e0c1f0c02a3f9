package io.initload.pipeline.settle;

import io.initload.staging.PartWriter;
import io.initload.staging.StagingArea;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The ids of the records that one job created, kept on the disk for as long as somebody may want
 * them gone: Salesforce forgets its results after 7 days. Settling a part twice writes the same
 * file twice. Not thread-safe.
 */
public final class Receipt implements AutoCloseable {
  /** The one column. */
  public static final List<String> HEADER = List.of("Id");

  private final StagingArea staging;
  private final String name;
  private @Nullable PartWriter writer;

  Receipt(StagingArea staging, String name) {
    this.staging = staging;
    this.name = name;
  }

  void add(String id) {
    if (writer == null) {
      writer = staging.keep(name, HEADER, list -> {});
    }
    writer.write(List.of(id));
  }

  /** Forgets what was added: the results are read again from the start. */
  void reset() {
    if (writer != null) {
      writer.close();
      writer = null;
    }
  }

  /** Makes the list durable; gives its name unless no record was created. */
  Optional<String> seal() {
    if (writer == null) {
      return Optional.empty();
    }
    writer.finish();
    return Optional.of(name);
  }

  @Override
  public void close() {
    reset();
  }
}
