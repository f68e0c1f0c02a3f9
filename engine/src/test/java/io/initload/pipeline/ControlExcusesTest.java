package io.initload.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.initload.config.Control;
import io.initload.config.Control.Dimension;
import io.initload.config.Control.Part;
import io.initload.config.Control.Total;
import io.initload.config.ReconcileConfig.Level;
import io.initload.config.SourceName;
import io.initload.config.TableConfig;
import io.initload.config.TableConfigs;
import io.initload.config.ValuePolicy;
import io.initload.config.rows.Computed;
import io.initload.pipeline.prove.Certificate;
import io.initload.pipeline.prove.Certificate.Agreement;
import io.initload.pipeline.prove.Certificate.Totals;
import io.initload.simulator.OrgOptions;
import io.initload.simulator.clock.BorrowedClock;
import io.initload.source.H2Tables;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What excuses sums that differ, and what does not. */
@Tag("system")
class ControlExcusesTest {
  /** A machine whose clock is ahead: no change is surely later than our own. */
  private static final Clock AHEAD = Clock.offset(Clock.systemUTC(), Duration.ofHours(1));

  @TempDir Path directory;

  private final MovedClock clock = new MovedClock();
  private final H2Tables source =
      new H2Tables(
          "CREATE TABLE sales (\"id\" varchar(20) PRIMARY KEY, \"name\" varchar(400), \"amount\""
              + " NUMBER(10,2), \"day\" DATE, \"seller\" varchar(20), \"at\" TIMESTAMP(6) WITH TIME"
              + " ZONE)",
          "INSERT INTO sales SELECT 'k' || X, 'Region ' || MOD(X, 5), X, DATE '2024-01-01', NULL,"
              + " TIMESTAMP WITH TIME ZONE '2024-01-01 10:00:00.123456+00' FROM SYSTEM_RANGE(1, 50)"
              + " X");

  @AfterEach
  void close() {
    source.close();
  }

  @Test
  void whereOrgWhereNamesTheTablesOwnRecordsADifferenceIsAFinding() throws Exception {
    Control own =
        new Control("own", "Credit_Limit__c", all(), List.of(), "External_ID__c != 'theirs'");
    try (LocalMigration migration =
        new LocalMigration(directory, source.config(), table(own)).sampleRows(0).clock(AHEAD)) {
      OtherClient other = new OtherClient(migration.org());
      other.upsert("Account", "External_ID__c", "theirs", "{\"Name\":\"East\"}");
      assertThat(migration.run().failures()).isEmpty();
      assertThat(migration.certificate(Level.SAMPLE).controls().get(0).agreement())
          .isEqualTo(Agreement.EQUAL);
      other.upsert("Account", "External_ID__c", "k3", "{\"Credit_Limit__c\":3.01}");
      Certificate certificate = migration.certificate(Level.SAMPLE);
      assertThat(certificate.findings())
          .containsExactly("SALES, control own: 1 of 1 groups differ.");
      assertThat(certificate.controls().get(0).agreement()).isEqualTo(Agreement.DIFFERS);
      assertThat(certificate.booksClosed()).isFalse();
    }
  }

  /** Values that the source has otherwise by now stand for any that were loaded wrongly. */
  @Test
  void oneChangedRecordExplainsTwoGroupsAndNoMore() throws Exception {
    Control byRegion = new Control("regions", "Credit_Limit__c", all(), byValue("Name"), "");
    try (LocalMigration migration =
        new LocalMigration(
                OrgOptions.defaults().clock(new BorrowedClock(clock)),
                directory,
                source.config(),
                table(byRegion))
            .sampleRows(0)
            .clock(clock)) {
      assertThat(migration.run().failures()).isEmpty();
      clock.forward(Duration.ofHours(1));
      new OtherClient(migration.org())
          .upsert("Account", "External_ID__c", "k1", "{\"Name\":\"Region 2\"}");
      clock.forward(Duration.ofHours(1));
      Certificate moved = migration.certificate(Level.SAMPLE);
      assertThat(moved.findings()).isEmpty();
      assertThat(moved.controls().get(0).agreement()).isEqualTo(Agreement.EXPLAINED);
      assertThat(moved.controls().get(0).why())
          .isEqualTo("2 of 5 groups differ, as they may: 1 records were changed in the org since.");

      source.run("UPDATE sales SET \"amount\" = \"amount\" + 1");
      Certificate wrong = migration.certificate(Level.SAMPLE);
      assertThat(wrong.findings())
          .containsExactly(
              "SALES, control regions: 5 of 5 groups differ, more than can follow from this: 1"
                  + " records were changed in the org since.");
      assertThat(wrong.booksClosed()).isFalse();
    }
  }

  @Test
  void aRowThatIsHeldBackForTheValueOfAControlIsNoDifference() throws Exception {
    source.run("UPDATE sales SET \"day\" = DATE '9999-12-31' WHERE \"id\" = 'k7'");
    Control byYear =
        new Control(
            "years",
            "Credit_Limit__c",
            all(),
            List.of(new Dimension(Part.YEAR, "Customer_Since__c")),
            "");
    try (LocalMigration migration =
        new LocalMigration(directory, source.config(), table(byYear))
            .values(Map.of("day", rejectingDates()))
            .clock(AHEAD)) {
      assertThat(migration.run().failures()).isEmpty();
      Certificate certificate = migration.certificate();
      assertThat(certificate.findings()).isEmpty();
      assertThat(certificate.booksClosed()).isTrue();
      assertThat(certificate.controls().get(0).agreement()).isEqualTo(Agreement.EXPLAINED);
      assertThat(certificate.controls().get(0).why())
          .endsWith("1 rows were not loaded, and not all of their fields are known.");
    }
  }

  @Test
  void momentsAreEqualToTheSecond() throws Exception {
    Control moments = new Control("moments", "Sold_At__c", all(), List.of(), "");
    source.run(
        "CREATE TABLE moments (\"id\" varchar(20) PRIMARY KEY, \"at\" TIMESTAMP(6) WITH TIME ZONE)",
        "INSERT INTO moments SELECT \"id\", \"at\" FROM sales");
    TableConfig customers = LocalMigration.table("SALES", 1_000);
    TableConfig sales =
        TableConfigs.of("MOMENTS")
            .object("Sale__c")
            .field("id", "External_ID__c")
            .field("id", "Account__r.External_ID__c")
            .field("at", "Sold_At__c")
            .controls(List.of(moments))
            .build();
    try (LocalMigration migration =
        new LocalMigration(directory, source.config(), customers, sales)) {
      assertThat(migration.run().failures()).isEmpty();
      Certificate certificate = migration.certificate();
      Certificate.Control control = certificate.controls().get(0);
      assertThat(control.agreement()).as(control.lines().toString()).isEqualTo(Agreement.EQUAL);
      assertThat(control.lines().get(0).source())
          .isEqualTo(new Totals(50, 50, "", "2024-01-01T10:00:00Z", "2024-01-01T10:00:00Z"));
      assertThat(certificate.findings()).isEmpty();
    }
  }

  @Test
  void fieldsAreKnownInAnyLetterCase() throws Exception {
    TableConfig table =
        TableConfigs.of("SALES")
            .object("Account")
            .field("id", "External_ID__c")
            .field("name", "NAME")
            .field("amount", "credit_limit__C")
            .controls(List.of(new Control("c", "credit_limit__C", all(), byValue("NAME"), "")))
            .build();
    try (LocalMigration migration = new LocalMigration(directory, source.config(), table)) {
      assertThat(migration.preflight()).noneMatch(f -> f.code().equals("CONTROL_GROUP"));
      assertThat(migration.run().failures()).isEmpty();
      Certificate.Control control = migration.certificate().controls().get(0);
      assertThat(control.agreement()).as(control.why()).isEqualTo(Agreement.EQUAL);
      assertThat(control.groups()).isEqualTo(5);
    }
  }

  @Test
  void namesThatBecomeIdsAreNotCompared() throws Exception {
    Control bySeller =
        new Control(
            "sellers", "", EnumSet.of(Total.COUNT), byValue("Owner.FederationIdentifier"), "");
    TableConfig table =
        TableConfigs.like(table(bySeller)).field("seller", "Owner.FederationIdentifier").build();
    try (LocalMigration migration = new LocalMigration(directory, source.config(), table)) {
      assertThat(migration.preflight())
          .filteredOn(finding -> finding.code().equals("CONTROL_GROUP"))
          .singleElement()
          .satisfies(
              finding ->
                  assertThat(finding.message())
                      .contains("Owner.FederationIdentifier: an id is sent in its place"));
      assertThat(migration.plan().findings()).isNotNull();
      assertThat(migration.run().failures()).isEmpty();
      Certificate certificate = migration.certificate();
      assertThat(certificate.findings()).isEmpty();
      assertThat(certificate.controls().get(0).agreement()).isEqualTo(Agreement.NOT_COMPARABLE);
    }
  }

  @Test
  void aStatementThatTheSourceRefusesIsOfOneControlAlone() throws Exception {
    source.run(
        "CREATE TABLE texts (\"id\" varchar(20) PRIMARY KEY, \"amount\" varchar(20))",
        "INSERT INTO texts VALUES ('1', '7'), ('2', '8')");
    List<Computed> computed =
        List.of(Computed.of("Credit_Limit__c", "CAST(\"amount\" AS NUMBER(10,2))"));
    TableConfig numbers =
        TableConfigs.of("TEXTS")
            .source(new SourceName("", "TEXTS").computing(computed))
            .object("Account")
            .field("id", "External_ID__c")
            .field("id", "Name")
            .field(Computed.nameOf("Credit_Limit__c"), "Credit_Limit__c")
            .controls(
                List.of(
                    new Control("sum", "Credit_Limit__c", all(), List.of(), ""),
                    new Control("rows", "", EnumSet.of(Total.COUNT), List.of(), "")))
            .build();
    try (LocalMigration migration =
        new LocalMigration(directory, source.config(), numbers).sampleRows(0)) {
      assertThat(migration.run().failures()).isEmpty();
      source.run("UPDATE texts SET \"amount\" = 'seven' WHERE \"id\" = '1'");
      Certificate certificate = migration.certificate();
      assertThat(certificate.findings()).isEmpty();
      assertThat(certificate.controls())
          .extracting(Certificate.Control::agreement)
          .containsExactly(Agreement.NOT_COMPARABLE, Agreement.EQUAL);
      assertThat(certificate.controls().get(0).why()).startsWith("the source does not sum it up: ");
    }
  }

  private static EnumSet<Total> all() {
    return EnumSet.allOf(Total.class);
  }

  private static List<Dimension> byValue(String field) {
    return List.of(new Dimension(Part.VALUE, field));
  }

  private static ValuePolicy rejectingDates() {
    ValuePolicy none = ValuePolicy.NONE;
    return new ValuePolicy(
        none.controls(),
        none.tooLong(),
        ValuePolicy.Dates.REJECT,
        none.padding(),
        none.bytes(),
        Optional.empty(),
        none.nullText());
  }

  private static TableConfig table(Control control) {
    return TableConfigs.of("SALES")
        .object("Account")
        .field("id", "External_ID__c")
        .field("name", "Name")
        .field("amount", "Credit_Limit__c")
        .field("day", "Customer_Since__c")
        .controls(List.of(control))
        .build();
  }
}
