package io.initload.simulator.soql;

import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Where the evaluator gets records from. Safe for several threads; each {@link RecordStream}
 * belongs to one.
 */
public interface RecordSource {
  /** Which records a query sees. */
  enum Visibility {
    /** Those not deleted ({@code query}). */
    LIVE,
    /** Those in the recycle bin too ({@code queryAll}). */
    WITH_DELETED
  }

  /**
   * All records of an object at one moment, in an order of the source's choosing. The record a
   * cursor shows may be reused for the next one.
   */
  RecordStream scan(ObjectShape object, Visibility visibility);

  /**
   * The record of that 18-character id, if it is one of this object and visible; it stays valid.
   */
  Optional<RecordView> byId(ObjectShape object, String id, Visibility visibility);

  /**
   * Records whose {@link FieldShape.Ability#INDEXED indexed} field has that value (letter case as
   * the field says), found without a scan.
   */
  RecordStream byKey(ObjectShape object, FieldShape field, String value, Visibility visibility);

  /** As {@link #scan}, in the order of ids. */
  RecordStream inIdOrder(ObjectShape object, Visibility visibility, boolean descending);

  /**
   * Records whose id or indexed text lies between two values, both included, null being no bound;
   * more than those may come. Found without a scan of all records.
   */
  RecordStream byRange(
      ObjectShape object,
      FieldShape field,
      @Nullable String from,
      @Nullable String to,
      Visibility visibility);

  /** The exact number of records, if it is known without a scan. */
  OptionalLong count(ObjectShape object, Visibility visibility);

  /** The object an id belongs to, by its key prefix. */
  Optional<ObjectShape> objectOf(String id);
}
