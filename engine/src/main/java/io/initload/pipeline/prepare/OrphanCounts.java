package io.initload.pipeline.prepare;

import io.initload.Failure;
import io.initload.config.OrphanPolicy;
import io.initload.config.SourceName.Parents;
import io.initload.config.TableConfig;
import io.initload.config.rows.RowFilter;
import io.initload.mapping.Finding;
import io.initload.mapping.Finding.Severity;
import io.initload.plan.Snapshot;
import io.initload.source.SourceDatabase;
import java.util.ArrayList;
import java.util.List;

/** Counts the rows of a table whose parents are not there. */
final class OrphanCounts {
  private static final String CODE = "ORPHANS";

  private final SourceDatabase source;
  private final Prepared table;
  private final Snapshot at;

  OrphanCounts(SourceDatabase source, Prepared table, Snapshot at) {
    this.source = source;
    this.table = table;
    this.at = at;
  }

  /** What is said of them; an error where they forbid to load. */
  List<Finding> findings() {
    List<Finding> findings = new ArrayList<>();
    for (Parents parents : table.config().source().parents()) {
      long rows = rows(parents);
      if (rows > 0) {
        boolean fails = policy(parents) == OrphanPolicy.FAIL;
        findings.add(
            new Finding(
                CODE,
                fails ? Severity.ERROR : Severity.WARNING,
                "tables " + table.table(),
                message(parents, rows),
                remedy(parents)));
      }
    }
    return findings;
  }

  /**
   * Looks whether they forbid to load; of the later passes over a table nothing is asked.
   *
   * @throws Failure {@code ORPHANS}
   */
  void refuse() {
    for (Parents parents : table.config().source().parents()) {
      boolean asked = table.kind().isFirst() && policy(parents) == OrphanPolicy.FAIL;
      long rows = asked ? rows(parents) : 0;
      if (rows > 0) {
        throw new Failure(
            Failure.Kind.CONFIGURATION, CODE, message(parents, rows), remedy(parents));
      }
    }
  }

  /** Of all passes over the table together. */
  private long rows(Parents parents) {
    TableConfig config = table.config();
    RowFilter missing = new RowFilter.Missing(parents.column());
    return source.count(config.pass(config.name(), config.source().narrowed(missing)), at);
  }

  private OrphanPolicy policy(Parents parents) {
    return table.config().hierarchy().orphans().getOrDefault(parents.field(), OrphanPolicy.FAIL);
  }

  private String message(Parents parents, long rows) {
    return "%,d rows of %s name by %s parents that are no rows of %s: %s."
        .formatted(
            rows,
            table.table(),
            parents.field(),
            String.join(
                ", ", parents.among().stream().map(among -> among.rows().toString()).toList()),
            fate(policy(parents)));
  }

  private static String fate(OrphanPolicy policy) {
    return switch (policy) {
      case NULL -> "they are loaded without it";
      case REJECT -> "they are held back";
      case FAIL -> "the table is not loaded";
    };
  }

  private static String remedy(Parents parents) {
    return "Look at the rows whose %s is no key there; correct them, or leave them out by"
            .formatted(String.join(", ", parents.columns()))
        + " tables[].where, or give the lookup another policy in tables[].orphans.";
  }
}
