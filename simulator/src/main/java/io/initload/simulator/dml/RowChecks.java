package io.initload.simulator.dml;

import static io.initload.simulator.dml.RowSet.CLEARED;

import io.initload.simulator.model.AuditFields;
import io.initload.simulator.model.Field;
import java.util.ArrayList;
import java.util.List;

/** Whether a row brings what a record must have and nothing it may not. For one thread. */
final class RowChecks {
  private final RowSet rows;
  private final ColumnPlan plan;
  private final Messages messages;
  private final int width;
  private final int[] columns;
  private final Field[] fields;
  private final boolean insertsAuditFieldsOnly;
  private final boolean refusesOnCreate;
  private final boolean refusesOnUpdate;

  /**
   * Prepares for rows of a transaction.
   *
   * @param columns the columns that write a field
   */
  RowChecks(RowSet rows, int[] columns, DmlRules rules) {
    this.rows = rows;
    this.plan = rows.plan;
    this.messages = rows.messages;
    this.width = plan.columns();
    this.columns = columns;
    this.fields = new Field[columns.length];
    this.insertsAuditFieldsOnly =
        plan.operation() == Operation.UPSERT
            && rules.auditByUpsert() == DmlRules.AuditByUpsert.REFUSED;
    boolean onCreate = false;
    boolean onUpdate = false;
    for (int i = 0; i < columns.length; i++) {
      Field field = plan.field(columns[i]);
      if (field == null) {
        throw new IllegalStateException("Column " + columns[i] + " writes nothing");
      }
      fields[i] = field;
      onCreate |= !createable(field);
      onUpdate |= !field.writable().onUpdate();
    }
    this.refusesOnCreate = onCreate;
    this.refusesOnUpdate = onUpdate;
  }

  private boolean createable(Field field) {
    return field.writable().onCreate() && !(insertsAuditFieldsOnly && AuditFields.has(field));
  }

  boolean missesRequired(int row) {
    List<String> missing = new ArrayList<>();
    plan.requiredElsewhere().forEach(f -> missing.add(f.name()));
    for (int i = 0; i < columns.length; i++) {
      if (rows.valueLength[row * width + columns[i]] <= 0 && fields[i].required()) {
        missing.add(fields[i].name());
      }
    }
    return failRequired(row, missing);
  }

  boolean clearsRequired(int row) {
    List<String> missing = new ArrayList<>();
    for (int i = 0; i < columns.length; i++) {
      Field field = fields[i];
      if (rows.valueLength[row * width + columns[i]] == CLEARED && !field.nillable()) {
        missing.add(field.name());
      }
    }
    return failRequired(row, missing);
  }

  private boolean failRequired(int row, List<String> missing) {
    if (missing.isEmpty()) {
      return false;
    }
    rows.fail(
        row,
        new RowError(
            "REQUIRED_FIELD_MISSING",
            messages.requiredMissing(String.join(", ", missing)),
            missing));
    return true;
  }

  boolean unwritable(int row, boolean creating) {
    if (creating ? !refusesOnCreate : !refusesOnUpdate) {
      return false;
    }
    List<String> refused = new ArrayList<>();
    for (int i = 0; i < columns.length; i++) {
      int length = rows.valueLength[row * width + columns[i]];
      Field field = fields[i];
      boolean may = creating ? createable(field) : field.writable().onUpdate();
      if (!may && (length > 0 || length == CLEARED)) {
        refused.add(field.name());
      }
    }
    if (refused.isEmpty()) {
      return false;
    }
    rows.fail(
        row,
        new RowError(
            "INVALID_FIELD_FOR_INSERT_UPDATE",
            messages.notWritable(String.join(", ", refused)),
            refused));
    return true;
  }
}
