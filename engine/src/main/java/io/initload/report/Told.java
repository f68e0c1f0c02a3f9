package io.initload.report;

import io.initload.Times;
import io.initload.evidence.rows.DataFinding;
import io.initload.evidence.rows.DataProfile;
import io.initload.evidence.rows.TableProfile;
import io.initload.pipeline.prove.Certificate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What was told of rows before they moved, beside what became of them, as a template sees it. */
record Told(DataProfile profile, Certificate certificate, Times times) {
  @SuppressWarnings("unused") // named in the template
  String at() {
    return times.page(profile.at());
  }

  @SuppressWarnings("unused") // named in the template
  List<Line> tables() {
    return profile.tables().stream().flatMap(table -> line(table).stream()).toList();
  }

  private Optional<Line> line(TableProfile seen) {
    return certificate.tables().stream()
        .filter(table -> table.source().equals(seen.table()))
        .findFirst()
        .map(became -> new Line(seen, became));
  }

  @SuppressWarnings("unused") // named in the template
  List<Found> findings() {
    return profile.tables().stream().flatMap(Told::found).toList();
  }

  private static Stream<Found> found(TableProfile table) {
    return table.findings().stream().map(finding -> new Found(table.table(), finding));
  }

  @SuppressWarnings("unused") // named in the template
  boolean anyFindings() {
    return !findings().isEmpty();
  }

  /** A table. */
  record Line(TableProfile seen, Certificate.Table became) {
    @SuppressWarnings("unused") // named in the template
    String looked() {
      return seen.sampled() ? "a sample" : "all rows";
    }
  }

  /** A finding. */
  record Found(String table, DataFinding finding) {
    @SuppressWarnings("unused") // named in the template
    String keys() {
      return String.join(", ", finding.examples());
    }
  }
}
