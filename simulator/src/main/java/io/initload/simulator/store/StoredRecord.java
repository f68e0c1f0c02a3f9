package io.initload.simulator.store;

import io.initload.simulator.model.Field;
import io.initload.simulator.model.IdSpace;
import io.initload.simulator.model.RecordType;
import io.initload.simulator.model.SObjectType;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One record as it is on disk, with every field's value as canonical text: numbers plain and
 * without superfluous zeros, dates {@code 2026-01-31}, times of day and datetimes with milliseconds
 * in UTC, booleans {@code true} or {@code false}, ids with 18 characters. A cursor re-uses one
 * object for all its rows. For one thread.
 */
public final class StoredRecord {
  private static final DateTimeFormatter DATETIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private final TypeStorage storage;
  private final IdSpace ids;
  private final RecordImage image = new RecordImage();
  private long number;

  StoredRecord(TypeStorage storage, IdSpace ids) {
    this.storage = storage;
    this.ids = ids;
  }

  void read(long record, byte[] bytes, int length) {
    number = record;
    image.read(bytes, length);
  }

  public SObjectType type() {
    return storage.type();
  }

  /** The record's id, 18 characters. */
  public String id() {
    return ids.id(storage.type().keyPrefix(), number);
  }

  /** The number within the id; grows with each record of the object. */
  public long number() {
    return number;
  }

  /** Whether it is in the recycle bin. */
  public boolean deleted() {
    return image.deleted();
  }

  public Instant created() {
    return Instant.ofEpochMilli(image.createdMillis());
  }

  public Instant modified() {
    return Instant.ofEpochMilli(image.modifiedMillis());
  }

  /** A field's value as canonical text; null if it has none. */
  public @Nullable String value(Field field) {
    return switch (field.system()) {
      case ID -> id();
      case IS_DELETED -> Boolean.toString(deleted());
      case CREATED_DATE -> given(field, DATETIME.format(created()));
      case LAST_MODIFIED_DATE -> given(field, DATETIME.format(modified()));
      case SYSTEM_MODSTAMP -> DATETIME.format(modified());
      case CREATED_BY, OWNER -> given(field, user(image.createdBy()));
      case IS_PERSON -> Boolean.toString(isPerson());
      case LAST_MODIFIED_BY -> given(field, user(image.modifiedBy()));
      case NONE -> {
        String stored = stored(field);
        yield stored != null ? stored : computed(field);
      }
    };
  }

  /** As {@link #value}, by API name in any case; empty also if there is no such field. */
  public Optional<String> value(String fieldName) {
    return storage.type().field(fieldName).map(this::value);
  }

  /** All values by API name, without fields that have none. */
  public Map<String, String> values() {
    Map<String, String> values = new LinkedHashMap<>();
    for (Field field : storage.type().fields()) {
      String value = value(field);
      if (value != null) {
        values.put(field.name(), value);
      }
    }
    return values;
  }

  private boolean isPerson() {
    return storage
        .type()
        .field(RecordType.FIELD)
        .map(this::stored)
        .filter(storage.type().rules()::isPerson)
        .isPresent();
  }

  private @Nullable String stored(Field field) {
    return image.seek(storage.numberOf(field))
        ? new String(image.array(), image.valueAt(), image.valueLength(), StandardCharsets.UTF_8)
        : null;
  }

  /** The value that the record was created with, else the one that the org keeps. */
  private String given(Field field, String kept) {
    String stored = stored(field);
    return stored == null ? kept : stored;
  }

  private @Nullable String computed(Field field) {
    return switch (field.type()) {
      case BOOLEAN -> "false";
      case STRING -> field.nameField() || field.autoNumber() ? name(field) : null;
      default -> null;
    };
  }

  private @Nullable String name(Field field) {
    if (field.autoNumber()) {
      return "%08d".formatted(number);
    }
    Optional<Field> last = storage.type().field("LastName");
    if (last.isEmpty()) {
      return field.nillable() ? id() : null;
    }
    String first = storage.type().field("FirstName").map(this::stored).orElse("");
    String lastName = stored(last.get());
    return (first + " " + (lastName == null ? "" : lastName)).strip();
  }

  private String user(long user) {
    return ids.id("005", user);
  }
}
