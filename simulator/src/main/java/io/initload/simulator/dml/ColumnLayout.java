package io.initload.simulator.dml;

import io.initload.simulator.model.Field;
import io.initload.simulator.store.TypeStorage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** How the columns of rows become the stored values of a record. Immutable. */
final class ColumnLayout {
  private static final Set<Field.SystemField> RENEWED =
      Set.of(Field.SystemField.LAST_MODIFIED_DATE, Field.SystemField.LAST_MODIFIED_BY);

  /** Columns that write a value, in order of the number their field is stored under. */
  final int[] columns;

  /** The number each of them is stored under. */
  final int[] numbers;

  /**
   * What a new record gets where its row says nothing in one of these columns; empty if nothing.
   */
  final byte[][] usual;

  /** What a new record gets besides, in order of number. */
  final List<Default> defaults;

  /** The numbers of fields whose values no update leaves as they are: who changed it, and when. */
  final BitSet renewed = new BitSet();

  private final ColumnPlan plan;
  private final int[] columnOfField;

  /** The value of a field that no column brings. */
  static final class Default {
    final int number;
    final byte[] value;

    Default(int number, byte[] value) {
      this.number = number;
      this.value = value;
    }
  }

  ColumnLayout(ColumnPlan plan, TypeStorage storage) {
    this.plan = plan;
    List<Integer> writing = new ArrayList<>();
    Set<Field> given = new HashSet<>();
    for (int c = 0; c < plan.columns(); c++) {
      Field field = plan.field(c);
      if (field != null && field.system() != Field.SystemField.ID && given.add(field)) {
        writing.add(c);
      }
    }
    writing.sort(Comparator.comparingInt(c -> storage.numberOf(target(c))));
    this.columns = writing.stream().mapToInt(Integer::intValue).toArray();
    this.numbers = writing.stream().mapToInt(c -> storage.numberOf(target(c))).toArray();
    this.usual = writing.stream().map(c -> usual(plan, target(c))).toArray(byte[][]::new);
    this.columnOfField = new int[plan.type().fields().size()];
    Arrays.fill(columnOfField, -1);
    for (int column : columns) {
      columnOfField[target(column).index()] = column;
    }
    this.defaults = defaults(plan, storage, given);
    plan.type().fields().stream()
        .filter(f -> RENEWED.contains(f.system()))
        .forEach(f -> renewed.set(storage.numberOf(f)));
  }

  private static List<Default> defaults(ColumnPlan plan, TypeStorage storage, Set<Field> given) {
    List<Default> defaults = new ArrayList<>();
    for (Field field : plan.type().fields()) {
      byte[] value = usual(plan, field);
      if (value.length > 0 && !given.contains(field)) {
        defaults.add(new Default(storage.numberOf(field), value));
      }
    }
    defaults.sort(Comparator.comparingInt((Default d) -> d.number));
    return List.copyOf(defaults);
  }

  private static byte[] usual(ColumnPlan plan, Field field) {
    return plan.type().usualValue(field).getBytes(StandardCharsets.UTF_8);
  }

  /** The field a column writes. */
  Field target(int column) {
    Field field = plan.field(column);
    if (field == null) {
      throw new IllegalStateException("Column " + column + " writes nothing");
    }
    return field;
  }

  /** The column that writes a field, -1 if none does. */
  int columnOf(Field field) {
    return columnOfField[field.index()];
  }
}
