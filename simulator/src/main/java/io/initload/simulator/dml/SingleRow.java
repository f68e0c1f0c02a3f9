package io.initload.simulator.dml;

import io.initload.simulator.model.SObjectType;
import io.initload.simulator.store.ByteSink;
import io.initload.simulator.store.Records;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes one record by itself, by the same rules as rows of a job. */
public final class SingleRow {
  /** Value that clears a field. */
  public static final String CLEAR = "#N/A";

  private final Records records;
  private final DmlRules rules;

  public SingleRow(Records records, DmlRules rules) {
    this.records = records;
    this.rules = rules;
  }

  /**
   * What became of the row.
   *
   * @param id the record's id, empty if there is none
   * @param error why it was refused, empty if it was not
   */
  public record Outcome(String id, RowResult result, Optional<RowError> error) {}

  /**
   * Writes a record in a transaction of its own.
   *
   * @param key field an upsert matches by, ignored by other operations
   * @param values text by column, where a column is what the header of a job may name
   * @param user number of the user who writes
   * @throws UnknownFieldException if a column matches no field
   */
  public Outcome write(
      SObjectType type,
      Operation operation,
      String key,
      Map<String, String> values,
      long user,
      Instant now)
      throws UnknownFieldException {
    List<String> columns = new ArrayList<>(values.keySet());
    ByteSink data = new ByteSink(256);
    int[] at = new int[columns.size()];
    int[] length = new int[columns.size()];
    for (int i = 0; i < columns.size(); i++) {
      byte[] value = values.getOrDefault(columns.get(i), "").getBytes(StandardCharsets.UTF_8);
      at[i] = data.size();
      length[i] = value.length;
      data.put(value);
    }
    ColumnPlan plan =
        ColumnPlan.of(
            records.schema(),
            type,
            operation,
            key,
            columns,
            ColumnPlan.Unknown.REFUSE,
            ColumnPlan.Case.IGNORED);
    RowTransaction row = new RowTransaction(records, plan, rules, user);
    row.begin();
    row.add(data.array(), at, length, 0);
    row.commit(now, RowLocks.FREE, batch -> {});
    ByteSink id = new ByteSink(18);
    row.appendId(0, id);
    Optional<RowError> error =
        row.result(0) == RowResult.FAILED ? Optional.of(row.error(0)) : Optional.empty();
    return new Outcome(
        new String(id.toByteArray(), StandardCharsets.US_ASCII), row.result(0), error);
  }
}
