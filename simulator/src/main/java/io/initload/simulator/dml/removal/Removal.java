package io.initload.simulator.dml.removal;

import io.initload.simulator.dml.removal.Details.Link;
import io.initload.simulator.model.Field;
import io.initload.simulator.model.SObjectType;
import io.initload.simulator.store.ByteSink;
import io.initload.simulator.store.RecordCursor;
import io.initload.simulator.store.RecordImage;
import io.initload.simulator.store.Records;
import io.initload.simulator.store.StoreBatch;
import io.initload.simulator.store.TypeStorage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Takes records of one object out of the org, and with them their details, however deep
 * (docs/reference/salesforce.md, "Masters and details"). For one thread, which holds the locks of
 * {@link #touched}.
 */
public final class Removal {
  private final Records records;
  private final Map<SObjectType, List<Link>> links = new HashMap<>();
  private final List<TypeStorage> touched;
  private final long user;
  private final Set<String> gone = new HashSet<>();
  private final ByteSink image = new ByteSink(1024);
  private final ByteSink key = new ByteSink(128);

  /**
   * Prepares for records of an object.
   *
   * @param withDetails whether details go with their masters
   * @param user number of the user who removes
   */
  public Removal(Records records, SObjectType type, boolean withDetails, long user) {
    this.records = records;
    this.user = user;
    Details details = new Details(records.schema());
    List<SObjectType> types = withDetails ? details.closure(type) : List.of(type);
    types.forEach(each -> links.put(each, withDetails ? details.of(each) : List.of()));
    this.touched = types.stream().map(records::storage).toList();
  }

  /** Where records may be removed from, always in the same order. */
  public List<TypeStorage> touched() {
    return touched;
  }

  /** Forgets the records of the last transaction. */
  public void begin() {
    gone.clear();
  }

  /**
   * Removes a record, unless it has gone with another one of the transaction.
   *
   * @param forGood whether it leaves the recycle bin too
   */
  public void remove(
      StoreBatch batch, TypeStorage storage, long number, boolean forGood, long now) {
    byte @Nullable [] bytes = records.image(storage, number);
    if (bytes == null || !gone.add(storage.type().name() + number)) {
      return;
    }
    RecordImage old = new RecordImage();
    old.read(bytes, bytes.length);
    if (!old.deleted()) {
      details(storage, number)
          .forEach(d -> remove(batch, records.storage(d.type()), d.number(), forGood, now));
      forget(batch, storage, number, old);
    }
    if (forGood) {
      records.remove(batch, storage, number);
    } else {
      bin(batch, storage, number, old, now);
    }
  }

  private record Detail(SObjectType type, long number) {}

  private List<Detail> details(TypeStorage storage, long number) {
    String master = records.ids().id(storage.type().keyPrefix(), number);
    List<Detail> found = new ArrayList<>();
    for (Link link : links.getOrDefault(storage.type(), List.of())) {
      try (RecordCursor cursor = records.range(link.type(), link.field(), master, master)) {
        while (cursor.next()) {
          found.add(new Detail(link.type(), cursor.record().number()));
        }
      }
    }
    return found;
  }

  /** No key leads to the record any more. */
  private void forget(StoreBatch batch, TypeStorage storage, long number, RecordImage old) {
    for (Field field : storage.indexed()) {
      if (old.seek(storage.numberOf(field))) {
        records.removeKey(
            batch, storage, field, old.array(), old.valueAt(), old.valueLength(), number, key);
      }
    }
    storage.grow(-1);
    storage.keyRemoved();
  }

  private void bin(StoreBatch batch, TypeStorage storage, long number, RecordImage old, long now) {
    image.clear();
    RecordImage.begin(image, old.createdMillis(), now, old.createdBy(), user, true);
    old.rewind();
    while (old.next()) {
      RecordImage.value(image, old.valueNumber(), old.array(), old.valueAt(), old.valueLength());
    }
    records.put(batch, storage, number, image);
  }
}
