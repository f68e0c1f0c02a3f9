package io.initload.cli.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.initload.config.ReconcileConfig.Level;
import io.initload.ledger.CorrectionBook.ByHand;
import io.initload.pipeline.prove.Certificate;
import io.initload.plan.Batches;
import io.initload.plan.PassKind;
import io.initload.plan.Snapshot;
import io.initload.report.ReportPage;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class CertificateTextTest {
  private static final List<Certificate.AlteredField> ALTERED =
      List.of(
          new Certificate.AlteredField("Description", "CONTROLS_REMOVED", 1_234, List.of("A-1")),
          new Certificate.AlteredField("Name", "CONTROLS_REMOVED", 7, List.of("A-2")),
          new Certificate.AlteredField("Name", "TEXT_TRUNCATED", 2, List.of("A-3", "A-4")));

  @Test
  void whatPoliciesChangedIsCountedByTableFieldAndPolicy() {
    Certificate certificate = certificate(table("CUSTOMERS", ALTERED), table("SALES", List.of()));
    assertThat(CertificateText.of(certificate).lines().map(line -> line.replaceAll(" +", " ")))
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

  @Test
  void whereNothingWasChangedNothingIsSaid() {
    assertThat(CertificateText.of(certificate(table("SALES", List.of()))))
        .doesNotContain("loaded other than");
  }

  private static Certificate certificate(Certificate.Table... tables) {
    return new Certificate(
        "history",
        "acme.my.salesforce.com",
        "00D1",
        Snapshot.scn(4711),
        Instant.EPOCH,
        Instant.EPOCH,
        Level.COUNT,
        true,
        List.of(tables),
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
