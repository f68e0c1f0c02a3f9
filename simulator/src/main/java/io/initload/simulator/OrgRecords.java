package io.initload.simulator;

import io.initload.simulator.model.Field;
import io.initload.simulator.model.SObjectType;
import io.initload.simulator.store.RecordCursor;
import io.initload.simulator.store.Records;
import io.initload.simulator.store.StoredRecord;
import java.util.List;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The records of one object of an org, for checkers: past all limits, permissions and sessions.
 * Safe for several threads.
 */
public final class OrgRecords {
  private final Records records;
  private final SObjectType type;

  OrgRecords(Records records, SObjectType type) {
    this.records = records;
    this.type = type;
  }

  /** How many there are, without deleted ones. */
  public long count() {
    return records.count(type);
  }

  /** All of them in the order of creation; the stream is to be closed. */
  public Stream<OrgRecord> stream() {
    RecordCursor cursor = records.scan(type, RecordCursor.Show.LIVE);
    Spliterator<OrgRecord> rows =
        new Spliterators.AbstractSpliterator<>(Long.MAX_VALUE, Spliterator.ORDERED) {
          @Override
          public boolean tryAdvance(Consumer<? super OrgRecord> action) {
            if (!cursor.next()) {
              return false;
            }
            action.accept(view(cursor.record()));
            return true;
          }
        };
    return StreamSupport.stream(rows, false).onClose(cursor::close);
  }

  /** The record with an id of 15 or 18 characters; empty if it is deleted. */
  public Optional<OrgRecord> byId(String id) {
    return records.byId(id).filter(r -> r.type() == type && !r.deleted()).map(OrgRecords::view);
  }

  /**
   * The record with a value in a key field.
   *
   * @throws IllegalArgumentException if the object has no such key field
   */
  public Optional<OrgRecord> byExternalId(String field, String value) {
    Field key =
        type.field(field)
            .filter(Field::indexed)
            .orElseThrow(() -> new IllegalArgumentException(type + " has no key field " + field));
    List<StoredRecord> found = records.byKey(type, key, value, 1);
    return found.stream().findFirst().map(OrgRecords::view);
  }

  private static OrgRecord view(StoredRecord record) {
    return new OrgRecord(record.id(), record.values());
  }
}
