package io.initload.mapping.org;

import io.initload.config.FieldMapping;
import io.initload.config.FieldMapping.Constant;
import io.initload.config.TableConfig;
import java.util.Optional;

/**
 * Which record types the rows of a table have: all of them one, or each its own.
 *
 * @param byRow whether each row says it
 * @param one the one that all rows have, as far as it is known: a constant, or the user's usual one
 */
public record RecordTypes(boolean byRow, Optional<RecordTypeInfo> one) {
  private static final String NAME = "RecordType.DeveloperName";
  private static final String ID = "RecordTypeId";

  /** Those of a table's rows. */
  public static RecordTypes of(TableConfig table, TargetObject object) {
    Optional<FieldMapping> told =
        table.fields().stream().filter(field -> tells(field.field())).findFirst();
    if (told.isPresent() && !(told.get().feed() instanceof Constant)) {
      return new RecordTypes(true, Optional.empty());
    }
    return new RecordTypes(
        false,
        object.recordTypes().stream()
            .filter(type -> told.map(field -> is(type, field)).orElse(type.usual()))
            .findFirst());
  }

  private static boolean tells(String field) {
    return field.equalsIgnoreCase(NAME) || field.equalsIgnoreCase(ID);
  }

  private static boolean is(RecordTypeInfo type, FieldMapping field) {
    String text = field.feed() instanceof Constant constant ? constant.value().strip() : "";
    return field.field().equalsIgnoreCase(NAME)
        ? type.developerName().equalsIgnoreCase(text)
        : !text.isEmpty() && type.id().startsWith(text);
  }
}
