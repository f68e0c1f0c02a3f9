package io.initload.cli.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.initload.Times;
import io.initload.config.ReconcileConfig.Level;
import io.initload.ledger.CorrectionBook.ByHand;
import io.initload.ledger.audit.Chain.Head;
import io.initload.pipeline.prove.Certificate;
import io.initload.plan.Batches;
import io.initload.plan.PassKind;
import io.initload.plan.Snapshot;
import io.initload.report.ReportPage;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class CertificateTextTest {
  private static final Times UTC = new Times(ZoneOffset.UTC);

  private static final List<Certificate.AlteredField> ALTERED =
      List.of(
          new Certificate.AlteredField("Description", "CONTROLS_REMOVED", 1_234, List.of("A-1")),
          new Certificate.AlteredField("Name", "CONTROLS_REMOVED", 7, List.of("A-2")),
          new Certificate.AlteredField("Name", "TEXT_TRUNCATED", 2, List.of("A-3", "A-4")));

  private static final Certificate.OrgObject CHANGED =
      new Certificate.OrgObject(
          "Account",
          "External_ID__c",
          new Certificate.Changed(
              Optional.of(Instant.EPOCH),
              OptionalLong.of(1),
              1,
              List.of(
                  new Certificate.ChangedRecord(
                      "A-7", "0017", "2026-01-02T00:00:00Z", "0052", List.of("Name")))),
          new Certificate.Strangers(OptionalLong.of(2), List.of("X-1", "X-2")));

  private static final Certificate.Control CONTROL =
      new Certificate.Control(
          "SALES",
          "revenue",
          "Amount__c",
          List.of("year(Sold_On__c)", "Country__c"),
          Certificate.Agreement.DIFFERS,
          "1 of 1 groups differ",
          1,
          List.of(
              new Certificate.ControlLine(
                  List.of("2025", "DE"),
                  new Certificate.Totals(3, 3, "30.5", "", ""),
                  new Certificate.Totals(1, 1, "10", "", ""),
                  new Certificate.Totals(1, 1, "20", "", ""),
                  false)));

  @Test
  void whatPoliciesChangedIsCountedByTableFieldAndPolicy() {
    Certificate certificate = certificate(table("CUSTOMERS", ALTERED), table("SALES", List.of()));
    assertThat(CertificateText.of(certificate, UTC).lines().map(line -> line.replaceAll(" +", " ")))
        .containsSubsequence(
            "loaded other than they were read, as the configuration says; the report names rows:",
            "table field what was done values",
            "CUSTOMERS Description CONTROLS_REMOVED 1,234",
            "CUSTOMERS Name CONTROLS_REMOVED 7",
            "CUSTOMERS Name TEXT_TRUNCATED 2",
            "",
            "The books close: every row of the snapshot is accounted for.");
    assertThat(ReportPage.html(certificate).replaceAll("<[^>]*>", " ").replaceAll(" +", " "))
        .contains(
            "CUSTOMERS Description CONTROLS_REMOVED 1,234 A-1",
            "CUSTOMERS Name CONTROLS_REMOVED 7 A-2",
            "CUSTOMERS Name TEXT_TRUNCATED 2 A-3 A-4");
    assertThat(Console.tree(certificate).toString())
        .contains("{field=Name, code=TEXT_TRUNCATED, rows=2, first=[A-3, A-4]}");
  }

  private static final Certificate.Whole WHOLE =
      new Certificate.Whole(
          "Account",
          "External_ID__c",
          List.of("SALES", "SALES:level1"),
          false,
          10_000,
          9_000,
          16,
          1,
          1_000,
          3,
          2,
          Certificate.Against.SNAPSHOT);

  @Test
  void whatComparingEveryFieldCameToStandsThere() {
    String sentence =
        "9,000 of 10,000 records are equal in every field by digests. In 1 of 16 buckets of keys,"
            + " which differ, 1,000 rows were compared field by field with the source at the"
            + " snapshot: 3 differences, and 2 rows whose record was changed since.";
    Certificate certificate = certificate(table("SALES", List.of()));
    assertThat(CertificateText.of(certificate, UTC).lines())
        .contains("every field: Account (SALES, SALES:level1): " + sentence);
    assertThat(ReportPage.html(certificate).replaceAll("<[^>]*>", " ").replaceAll("\\s+", " "))
        .contains("Account (SALES, SALES:level1) " + sentence);
  }

  @Test
  void sumsOfBothSidesAndWhatOthersChangedStandThere() {
    Certificate certificate = certificate(table("SALES", List.of()));
    assertThat(CertificateText.of(certificate, UTC).lines().map(line -> line.replaceAll(" +", " ")))
        .contains(
            "Account A-7 2026-01-02T00:00:00Z 0052 Name",
            "SALES revenue 2025, DE rows 3 1 1 NO",
            " sum 30.5 10 20")
        .anyMatch(line -> line.contains("org loader@acme.com (production)"));
    assertThat(ReportPage.html(certificate).replaceAll("<[^>]*>", " ").replaceAll("\\s+", " "))
        .contains(
            "Account A-7 2026-01-02T00:00:00Z 0052 Name",
            "2025, DE 3 1 1 30.5 10 20",
            "Account 2 X-1 X-2",
            "Production yes",
            "SHA-256 c0ffee");
  }

  @Test
  void whereNothingWasChangedNothingIsSaid() {
    assertThat(CertificateText.of(certificate(table("SALES", List.of())), UTC))
        .doesNotContain("loaded other than");
  }

  @Test
  void aTrialSaysThatItIsOne() {
    Certificate trial = certificate("1%", table("SALES", List.of()));
    assertThat(CertificateText.of(trial, UTC).lines())
        .startsWith("Reconciliation certificate of a trial of 1%")
        .endsWith("The books close: every row that the trial takes is accounted for.");
    assertThat(ReportPage.html(trial))
        .contains(
            "Reconciliation certificate of a trial</h1>",
            "Every row that the trial of 1% takes is accounted for")
        .doesNotContain("row of the snapshot is");
    assertThat(ReportPage.html(certificate(table("SALES", List.of()))))
        .contains(
            "Reconciliation certificate</h1>",
            "Every row of the snapshot is accounted for",
            "SCN 4711; now SCN 4712",
            "What is not proven</h2>",
            "Fields of rows that were not compared",
            "b01d",
            "phases: a -&gt; &lt;b&gt;");
  }

  private static Certificate certificate(Certificate.Table... tables) {
    return certificate("", tables);
  }

  private static Certificate certificate(String trial, Certificate.Table... tables) {
    return new Certificate(
        new Certificate.Provenance(
            "initload 1",
            "b01d",
            trial,
            "c0ffee",
            List.of(
                new Certificate.Configuration("decade", Instant.EPOCH, "one", List.of()),
                new Certificate.Configuration(
                    "c0ffee", Instant.EPOCH, "two", List.of("phases: a -> <b>"))),
            "database",
            "reader",
            "0051",
            "loader@acme.com",
            Optional.of(true),
            List.of("one", "two"),
            "me on here",
            Head.NONE),
        "history",
        "acme.my.salesforce.com",
        "00D1",
        Snapshot.scn(4711),
        "4712",
        Instant.EPOCH,
        Optional.of(Instant.EPOCH),
        Instant.EPOCH,
        Level.COUNT,
        true,
        List.of(tables),
        List.of(CHANGED),
        List.of(CONTROL),
        List.of(WHOLE),
        new Certificate.Quota(20_000, 2, 2),
        List.of(),
        List.of());
  }

  private static Certificate.Table table(String name, List<Certificate.AlteredField> altered) {
    return new Certificate.Table(
        PassKind.ROWS,
        name,
        "Account",
        "only",
        "whole",
        10_000,
        10_000,
        0,
        10_000,
        10_000,
        0,
        0,
        OptionalLong.of(10_000),
        OptionalLong.of(0),
        1,
        1,
        1,
        Batches.of(10_000, 1),
        Certificate.Sample.NONE,
        List.of(),
        altered,
        ByHand.NONE,
        true);
  }
}
