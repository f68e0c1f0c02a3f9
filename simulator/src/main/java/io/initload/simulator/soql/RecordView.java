package io.initload.simulator.soql;

import org.jspecify.annotations.Nullable;

/** One record as the evaluator reads it. */
public interface RecordView {
  /** The 18-character id. */
  String id();

  /**
   * The value of the field at that {@link FieldShape#index}, of the class its {@link FieldKind}
   * names; null where empty.
   */
  @Nullable Object value(int fieldIndex);
}
