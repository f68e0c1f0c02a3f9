package io.initload.simulator.query;

import io.initload.simulator.model.Field;
import io.initload.simulator.store.StoredRecord;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads typed values from a stored record's canonical texts. One object can show one record after
 * another.
 */
final class RecordValues implements io.initload.simulator.soql.RecordView {
  private final List<Field> fields;
  private @Nullable StoredRecord record;

  RecordValues(List<Field> fields) {
    this.fields = fields;
  }

  RecordValues showing(StoredRecord next) {
    record = next;
    return this;
  }

  private StoredRecord record() {
    if (record == null) {
      throw new IllegalStateException("no record is shown yet");
    }
    return record;
  }

  @Override
  public String id() {
    return record().id();
  }

  @Override
  public @Nullable Object value(int fieldIndex) {
    Field field = fields.get(fieldIndex);
    return switch (field.system()) {
      case SYSTEM_MODSTAMP -> record().modified();
      case IS_DELETED -> record().deleted();
      case NONE,
          ID,
          CREATED_DATE,
          CREATED_BY,
          LAST_MODIFIED_DATE,
          LAST_MODIFIED_BY,
          OWNER,
          IS_PERSON ->
          stored(field);
    };
  }

  private @Nullable Object stored(Field field) {
    String text = record().value(field);
    return text == null ? null : typed(field, text);
  }

  private static Object typed(Field field, String text) {
    return switch (field.type()) {
      case BOOLEAN -> Boolean.valueOf(text);
      case INT, LONG -> Long.valueOf(text);
      case DOUBLE, CURRENCY, PERCENT -> Double.valueOf(text);
      case DATE -> LocalDate.parse(text);
      case DATETIME -> Instant.parse(text);
      case TIME ->
          LocalTime.parse(text.endsWith("Z") ? text.substring(0, text.length() - 1) : text);
      case ID,
          REFERENCE,
          STRING,
          TEXTAREA,
          PICKLIST,
          MULTIPICKLIST,
          COMBOBOX,
          PHONE,
          EMAIL,
          URL,
          ENCRYPTEDSTRING,
          BASE64,
          ANYTYPE,
          ADDRESS,
          LOCATION ->
          text;
    };
  }
}
