package io.initload.pipeline.prove;

import io.initload.Failure;
import io.initload.mapping.KeyForm;
import io.initload.mapping.RowMapping;
import io.initload.mapping.SourceColumn;
import io.initload.pipeline.prepare.Prepared;
import io.initload.pipeline.work.KeyTexts;
import io.initload.pipeline.work.Workbench;
import io.initload.plan.Snapshot;
import io.initload.source.RowCursor;
import io.initload.source.SourceFailure;
import io.initload.staging.CsvRow;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Rows of a table of the source by their external ids, asked by the columns that these are made of.
 * For one thread.
 */
public final class SourceRows {
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?[0-9]{1,40}(\\.[0-9]{0,40})?([eE][+-]?[0-9]{1,3})?");

  private final Workbench bench;
  private final Prepared table;
  private final Snapshot at;
  private final RowMapping wanted;
  private final KeyTexts texts;
  private final List<SourceColumn> columns;

  /**
   * @param wanted what is made of a row: its mapping, or a part of it with the external id
   */
  public SourceRows(Workbench bench, Prepared table, Snapshot at, RowMapping wanted) {
    this.bench = bench;
    this.table = table;
    this.at = at;
    this.wanted = wanted;
    RowMapping key = table.mapping().keyAlone();
    this.texts = new KeyTexts(key);
    this.columns = key.reads().stream().map(r -> table.shape().required(r.column())).toList();
  }

  /**
   * What the source says of external ids, each in canonical form.
   *
   * @param rows the texts of those that it has
   * @param asked those that it was asked for
   * @param unknown those that it cannot be asked for
   */
  public record Answer(Map<String, List<String>> rows, Set<String> asked, Set<String> unknown) {}

  /** Asks for some hundred at most. */
  public Answer of(Collection<String> externalIds) {
    Answer answer = new Answer(new HashMap<>(), new HashSet<>(), new HashSet<>());
    Map<String, List<String>> asked = new HashMap<>();
    for (String id : externalIds) {
      String plain = table.keyForm() == KeyForm.NUMBER ? canonical(id) : id.trim();
      Optional<List<String>> columnTexts = texts.of(plain);
      if (columnTexts.isEmpty() || !columns.stream().allMatch(SourceRows::told)) {
        answer.unknown().add(canonical(id));
      } else if (possible(columnTexts.get())) {
        asked.put(canonical(id), columnTexts.get());
      }
    }
    answer.asked().addAll(asked.keySet());
    ask(asked, answer);
    return answer;
  }

  private String canonical(String id) {
    return table.keyForm().canonical(id);
  }

  private static boolean told(SourceColumn column) {
    return number(column) || column.type() == SourceColumn.Type.TEXT;
  }

  private static boolean number(SourceColumn column) {
    return column.type() == SourceColumn.Type.NUMBER || column.type() == SourceColumn.Type.FLOAT;
  }

  /** A column of numbers has no row of what is none. */
  private boolean possible(List<String> of) {
    return IntStream.range(0, of.size())
        .allMatch(i -> !number(columns.get(i)) || NUMBER.matcher(of.get(i)).matches());
  }

  /** In halves where the database does not take one of them. */
  private void ask(Map<String, List<String>> asked, Answer answer) {
    if (asked.isEmpty()) {
      return;
    }
    try {
      read(asked.values(), answer.rows());
    } catch (SourceFailure e) {
      if (e.reach() == Failure.Reach.RUN || e.kind().passes() || e.action().losesSnapshot()) {
        throw e;
      }
      if (asked.size() == 1) {
        answer.unknown().addAll(asked.keySet());
        return;
      }
      Map<String, List<String>> half = new HashMap<>();
      Map<String, List<String>> rest = new HashMap<>();
      asked.forEach((id, of) -> (half.size() < asked.size() / 2 ? half : rest).put(id, of));
      ask(half, answer);
      ask(rest, answer);
    }
  }

  private void read(Collection<List<String>> keys, Map<String, List<String>> there) {
    CsvRow row = new CsvRow();
    row.rules(wanted.rules());
    try (RowCursor cursor = table.byKeys(bench.source(), at, wanted, List.copyOf(keys))) {
      while (cursor.next()) {
        row.clear();
        wanted.render(cursor, row);
        there.put(canonical(row.field(wanted.keyField())), List.copyOf(row.texts()));
      }
    }
  }
}
