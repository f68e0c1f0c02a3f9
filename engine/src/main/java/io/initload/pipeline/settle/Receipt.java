package io.initload.pipeline.settle;

import io.initload.ledger.entry.Booking;
import io.initload.staging.PartWriter;
import io.initload.staging.SealedPart;
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
  private Optional<SealedPart> sealed = Optional.empty();

  Receipt(StagingArea staging, String name) {
    this.staging = staging;
    this.name = name;
  }

  void add(String id) {
    if (writer == null) {
      writer = staging.keep(name, HEADER, list -> sealed = Optional.of(list));
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

  /** Makes the list durable; gives it unless no record was created. */
  Optional<Booking.Receipt> seal() {
    if (writer == null) {
      return Optional.empty();
    }
    writer.finish();
    return sealed.map(list -> new Booking.Receipt(name, list.sha256()));
  }

  @Override
  public void close() {
    reset();
  }
}
