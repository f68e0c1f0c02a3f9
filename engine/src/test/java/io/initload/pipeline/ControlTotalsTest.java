package io.initload.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.initload.config.Control;
import io.initload.config.Control.Dimension;
import io.initload.config.Control.Part;
import io.initload.config.Control.Total;
import io.initload.config.ReconcileConfig.Level;
import io.initload.config.TableConfig;
import io.initload.config.TableConfigs;
import io.initload.pipeline.prove.Certificate;
import io.initload.pipeline.prove.Certificate.Agreement;
import io.initload.pipeline.prove.Certificate.ControlLine;
import io.initload.pipeline.prove.Certificate.Totals;
import io.initload.simulator.OrgOptions;
import io.initload.source.H2Tables;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sums of source and org, side by side. */
@Tag("system")
class ControlTotalsTest {
  /** A machine whose clock is ahead: no change is surely later than our own. */
  private static final Clock AHEAD = Clock.offset(Clock.systemUTC(), Duration.ofHours(1));

  private static final Control REVENUE =
      new Control(
          "revenue",
          "Credit_Limit__c",
          EnumSet.allOf(Total.class),
          List.of(new Dimension(Part.YEAR, "Customer_Since__c"), new Dimension(Part.VALUE, "Name")),
          "");

  @TempDir Path directory;

  private final H2Tables source =
      new H2Tables(
          "CREATE TABLE sales (\"id\" varchar(20) PRIMARY KEY, \"name\" varchar(400), \"amount\""
              + " NUMBER(10,2), \"day\" DATE)",
          "INSERT INTO sales VALUES ('1', 'East', 10.5, DATE '2024-05-01'), ('2', 'east ', 20, DATE"
              + " '2024-06-01'), ('3', 'West', 7.25, DATE '2024-12-31'), ('4', 'West', 1, DATE"
              + " '2025-01-01'), ('5', 'West', NULL, DATE '2025-02-01'), ('6', 'North', -3, NULL)");

  @AfterEach
  void close() {
    source.close();
  }

  @Test
  void equalSumsStandSideBySide() throws Exception {
    try (LocalMigration migration = migration(OrgOptions.defaults(), REVENUE)) {
      assertThat(migration.run().failures()).isEmpty();
      Certificate certificate = migration.certificate();
      assertThat(certificate.findings()).isEmpty();
      Certificate.Control control = certificate.controls().get(0);
      assertThat(control.agreement()).as(control.why()).isEqualTo(Agreement.EQUAL);
      assertThat(control.groups()).isEqualTo(4);
      assertThat(line(control, "2024", "east").source())
          .isEqualTo(new Totals(2, 2, "30.5", "10.5", "20"));
      assertThat(line(control, "2024", "east").org())
          .isEqualTo(new Totals(2, 2, "30.5", "10.5", "20"));
      assertThat(line(control, "2025", "west").org()).isEqualTo(new Totals(2, 1, "1", "1", "1"));
      assertThat(line(control, "", "north").org()).isEqualTo(new Totals(1, 1, "-3", "-3", "-3"));
    }
  }

  @Test
  void aValueThatDiffersIsAFindingThoughNoSampleDrewIt() throws Exception {
    try (LocalMigration migration =
        migration(OrgOptions.defaults(), REVENUE).sampleRows(0).clock(AHEAD)) {
      assertThat(migration.run().failures()).isEmpty();
      new OtherClient(migration.org())
          .upsert("Account", "External_ID__c", "3", "{\"Credit_Limit__c\":7.24}");
      Certificate certificate = migration.certificate(Level.SAMPLE);
      assertThat(certificate.findings())
          .containsExactly("SALES, control revenue: 1 of 4 groups differ.");
      ControlLine first = certificate.controls().get(0).lines().get(0);
      assertThat(first.equal()).isFalse();
      assertThat(first.source().sum()).isEqualTo("7.25");
      assertThat(first.org().sum()).isEqualTo("7.24");
    }
  }

  @Test
  void rowsThatWereNotLoadedAreTakenOff() throws Exception {
    source.run("UPDATE sales SET \"name\" = 'West' || REPEAT('x', 300) WHERE \"id\" = '3'");
    try (LocalMigration migration = migration(OrgOptions.defaults(), REVENUE)) {
      assertThat(migration.run().books().get("SALES").deadLettered()).isEqualTo(1);
      Certificate certificate = migration.certificate();
      assertThat(certificate.findings()).isEmpty();
      Certificate.Control control = certificate.controls().get(0);
      assertThat(control.agreement()).as(control.why()).isEqualTo(Agreement.EQUAL);
      assertThat(control.lines())
          .filteredOn(line -> line.refused().rows() == 1)
          .singleElement()
          .satisfies(
              line -> {
                assertThat(line.refused().sum()).isEqualTo("7.25");
                assertThat(line.org().rows()).isZero();
              });
    }
  }

  @Test
  void whatTheOrgCannotSumUpAtOnceIsSummedUpByRanges() throws Exception {
    source.run(
        "INSERT INTO sales SELECT 'k' || X, 'Region ' || MOD(X, 3), X, DATE '2023-01-01' FROM"
            + " SYSTEM_RANGE(1, 1000) X");
    OrgOptions few = OrgOptions.defaults().set("query.scannedRowsMax", "100");
    try (LocalMigration migration = migration(few, REVENUE)) {
      assertThat(migration.run().failures()).isEmpty();
      Certificate certificate = migration.certificate();
      Certificate.Control control = certificate.controls().get(0);
      assertThat(control.agreement()).as(control.why()).isEqualTo(Agreement.EQUAL);
      assertThat(line(control, "2023", "region 0").org())
          .isEqualTo(new Totals(333, 333, "166833", "3", "999"));
    }
  }

  @Test
  void moreGroupsThanOneAnswerHoldsAreAskedForByRanges() throws Exception {
    source.run(
        "INSERT INTO sales SELECT 'k' || X, 'Region ' || X, X, DATE '2023-01-01' FROM"
            + " SYSTEM_RANGE(1, 2500) X");
    try (LocalMigration migration = migration(OrgOptions.defaults(), REVENUE)) {
      assertThat(migration.run().failures()).isEmpty();
      Certificate.Control control = migration.certificate().controls().get(0);
      assertThat(control.agreement()).as(control.why()).isEqualTo(Agreement.EQUAL);
      assertThat(control.groups()).isEqualTo(2_504);
      assertThat(control.lines()).hasSize(200);
    }
  }

  @Test
  void recordsOfOthersMakeNoFindingButNoProofEither() throws Exception {
    try (LocalMigration migration = migration(OrgOptions.defaults(), REVENUE)) {
      new OtherClient(migration.org())
          .upsert(
              "Account", "External_ID__c", "theirs", "{\"Name\":\"East\",\"Credit_Limit__c\":5}");
      assertThat(migration.run().failures()).isEmpty();
      Certificate certificate = migration.certificate();
      assertThat(certificate.findings()).isEmpty();
      Certificate.Control control = certificate.controls().get(0);
      assertThat(control.agreement()).isEqualTo(Agreement.NOT_COMPARABLE);
      assertThat(control.why()).contains("orgWhere");

      Control own =
          new Control(
              "own",
              "Credit_Limit__c",
              REVENUE.totals(),
              List.of(),
              "Name != 'East' OR External_ID__c != 'theirs'");
      migration.tables(t -> TableConfigs.like(t).controls(List.of(own)).build());
      Certificate.Control all = migration.certificate().controls().get(0);
      assertThat(all.agreement()).as(all.why()).isEqualTo(Agreement.EQUAL);
      assertThat(all.lines().get(0).org()).isEqualTo(new Totals(6, 5, "35.75", "-3", "20"));
    }
  }

  @Test
  void whatCannotBeGroupedIsSaid() throws Exception {
    Control comments =
        new Control(
            "by-amount-year",
            "",
            EnumSet.of(Total.COUNT),
            List.of(new Dimension(Part.YEAR, "Credit_Limit__c")),
            "");
    try (LocalMigration migration = migration(OrgOptions.defaults(), comments)) {
      assertThat(migration.preflight())
          .filteredOn(finding -> finding.code().equals("CONTROL_GROUP"))
          .singleElement()
          .satisfies(
              finding ->
                  assertThat(finding.message())
                      .isEqualTo(
                          "The control by-amount-year cannot be compared, by year(Credit_Limit__c):"
                              + " it is no date on both sides."));
      assertThat(migration.run().failures()).isEmpty();
      Certificate certificate = migration.certificate();
      assertThat(certificate.findings()).isEmpty();
      assertThat(certificate.controls().get(0).agreement()).isEqualTo(Agreement.NOT_COMPARABLE);
      assertThat(certificate.notes())
          .contains(
              "SALES, control by-amount-year: year(Credit_Limit__c): it is no date on both sides.");
    }
  }

  private static ControlLine line(Certificate.Control control, String... group) {
    return control.lines().stream()
        .filter(
            line ->
                line.group().stream()
                    .map(value -> value.strip().toLowerCase(Locale.ROOT))
                    .toList()
                    .equals(List.of(group)))
        .findFirst()
        .orElseThrow();
  }

  private LocalMigration migration(OrgOptions options, Control control) {
    TableConfig table =
        TableConfigs.of("SALES")
            .object("Account")
            .field("id", "External_ID__c")
            .field("name", "Name")
            .field("amount", "Credit_Limit__c")
            .field("day", "Customer_Since__c")
            .controls(List.of(control))
            .build();
    return new LocalMigration(options, directory, source.config(), table);
  }
}
