package io.initload.pipeline.extract;

import io.initload.ledger.entry.Sampled;
import io.initload.mapping.ExactText;
import io.initload.mapping.RowMapping;
import io.initload.mapping.RowMapping.Piece;
import io.initload.source.RowCursor;
import java.util.ArrayList;
import java.util.List;

/**
 * The rows of a chunk that are compared field by field at the end, by the values of the columns
 * that make up their key. Not thread-safe.
 */
final class Samples {
  private final Sampler sampler;
  private final List<Piece> key;
  private final ExactText text = new ExactText();
  private final List<Sampled> chosen = new ArrayList<>();

  Samples(Sampler sampler, RowMapping mapping) {
    this.sampler = sampler;
    this.key = mapping.fields().get(mapping.keyField());
  }

  /** Shows a row that is staged, and its place in the order of the sample. */
  void offer(RowCursor row, String externalId, long place) {
    if (sampler.takes(place)) {
      chosen.add(new Sampled(externalId, keyValues(row)));
    }
  }

  private List<String> keyValues(RowCursor row) {
    List<String> values = new ArrayList<>();
    for (Piece piece : key) {
      if (piece instanceof Piece.Read column) {
        row.write(column.read(), text);
        values.add(text.take());
      }
    }
    return values;
  }

  List<Sampled> list() {
    return chosen;
  }
}
