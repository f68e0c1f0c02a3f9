package io.initload.pipeline.profile;

import io.initload.evidence.rows.DataFinding;
import io.initload.mapping.Finding.Severity;
import io.initload.mapping.KeyForm;
import io.initload.mapping.RowMapping.Piece;
import io.initload.mapping.SourceColumn;
import io.initload.mapping.org.FieldPath;
import io.initload.pipeline.prepare.Prepared;
import io.initload.plan.scan.Crowd;
import io.initload.source.TableScanner;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Looks for records of which very many others hang (docs/reference/salesforce.md, "Large loads"):
 * to write one of those locks it.
 */
final class Crowds {
  /** From here on Salesforce speaks of skew. */
  static final int ROWS = 10_000;

  private static final String OWNER = "Owner";

  private final Prepared table;
  private final TableScanner scanner;

  Crowds(Prepared table, TableScanner scanner) {
    this.table = table;
    this.scanner = scanner;
  }

  /** Whether a field leads to a record that rows can crowd about. */
  static boolean leads(FedField field) {
    return field.lookup() || field.name().equals(OWNER + "Id");
  }

  /** What is found of a field; empty where nothing is, or its columns cannot be grouped by. */
  Optional<DataFinding> of(FedField field) {
    List<SourceColumn> columns = columns(field);
    if (columns.isEmpty() || !columns.stream().allMatch(SourceColumn::comparable)) {
      return Optional.empty();
    }
    Crowd crowd = scanner.crowd(columns, KeyForm.EXACT, ROWS, List.of());
    return crowd.groups() == 0 ? Optional.empty() : Optional.of(found(field, crowd));
  }

  private List<SourceColumn> columns(FedField field) {
    List<SourceColumn> columns = new ArrayList<>(field.columns());
    for (Piece piece : field.pieces()) {
      if (piece instanceof Piece.Named named) {
        named.pieces().stream()
            .filter(Piece.Read.class::isInstance)
            .map(read -> table.mapping().reads().get(((Piece.Read) read).read()).column())
            .forEach(column -> columns.add(table.shape().required(column)));
      }
    }
    return columns;
  }

  private static DataFinding found(FedField field, Crowd crowd) {
    boolean owners =
        field.name().equals(OWNER + "Id")
            || FieldPath.parse(field.name()).relationship().equals(OWNER);
    return new DataFinding(
        owners ? "DATA_OWNER_SKEW" : "DATA_PARENT_SKEW",
        Severity.WARNING,
        field.where(),
        "%,d rows name %,d %s that more than %,d rows name each, one of them %,d."
            .formatted(
                crowd.rows(),
                crowd.groups(),
                owners ? "owners" : "parents",
                ROWS,
                crowd.largest().stream().mapToLong(Crowd.Group::rows).max().orElse(0)),
        owners
            ? "Spread the rows over several owners, or give the owner no role; sharing is"
                + " calculated for all of them together."
            : "Let chunking.affinity keep rows of one parent together, and load the table by few"
                + " jobs at once: each job that writes one of them locks it.",
        crowd.rows(),
        0,
        crowd.largest().stream().map(group -> String.join(" ", group.texts())).toList());
  }
}
