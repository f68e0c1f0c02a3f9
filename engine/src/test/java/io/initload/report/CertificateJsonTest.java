package io.initload.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.initload.Sha256;
import io.initload.config.ReconcileConfig.Level;
import io.initload.ledger.CorrectionBook.ByHand;
import io.initload.ledger.CorrectionBook.HandRow;
import io.initload.ledger.audit.Chain.Head;
import io.initload.pipeline.prove.Certificate;
import io.initload.plan.Batches;
import io.initload.plan.PassKind;
import io.initload.plan.Snapshot;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** The certificate as a document: its schema, its digest, what differs between two. */
class CertificateJsonTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void theDocumentIsOfItsSchemaAndTheSchemaNamesEveryMember() throws Exception {
    for (ObjectNode document : List.of(document("acme"), CertificateJson.of(unknown()))) {
      Described.by("certificate.schema.json", document);
      assertThat(CertificateJson.known(document)).isTrue();
      assertThat(CertificateJson.ofUndo(document)).isFalse();
    }
  }

  /** By the rules of RFC 8785, written out by hand. */
  @Test
  void theDigestIsThatOfTheCanonicalForm() throws JsonProcessingException {
    JsonNode document =
        JSON.readTree(
            """
            {"b": [1.50, 0.0, true, null, {}], "a": "\\u00e9\\u0001\\"\\\\\\n/", "digest": "x", "B": []}\
            """);
    String canonical = "{\"B\":[],\"a\":\"é\\u0001\\\"\\\\\\n/\",\"b\":[1.5,0,true,null,{}]}";
    assertThat(CertificateJson.digest(document)).isEqualTo(Sha256.of(canonical));
  }

  @Test
  void aChangedDocumentIsNotIntactHoweverItIsWritten() throws JsonProcessingException {
    ObjectNode document = document("acme");
    JsonNode pretty =
        JSON.readTree(JSON.writerWithDefaultPrettyPrinter().writeValueAsString(document));
    assertThat(CertificateJson.intact(pretty)).isTrue();
    ((ObjectNode) pretty.path("tables").path(0)).put("created", 9_999);
    assertThat(CertificateJson.intact(pretty)).isFalse();
  }

  @Test
  void twoDocumentsAreComparedMemberByMember() {
    JsonNode then = document("acme");
    ObjectNode now = document("acme");
    now.put("madeAt", "2026-02-02T00:00:00Z");
    now.put("digest", "another");
    now.put("newer", "A member of a later version.");
    assertThat(CertificateChanges.between(then, now)).isEmpty();
    ((ObjectNode) now.path("tables").path(0)).put("created", 9_999);
    now.withArray("findings").add("Something.");
    assertThat(CertificateChanges.between(then, now))
        .containsExactly(
            new CertificateChanges.Change("findings[0]", "", "Something."),
            new CertificateChanges.Change("tables[CUSTOMERS].created", "10000", "9999"));
  }

  private static ObjectNode document(String instance) {
    return CertificateJson.of(certificate(instance, OptionalLong.of(3), Optional.of(true)));
  }

  private static Certificate unknown() {
    return certificate("acme", OptionalLong.empty(), Optional.empty());
  }

  private static Certificate certificate(
      String instance, OptionalLong known, Optional<Boolean> production) {
    return new Certificate(
        new Certificate.Provenance(
            "initload 1",
            Sha256.of("jars"),
            "",
            Sha256.of("file"),
            List.of(
                new Certificate.Configuration(
                    Sha256.of("file"), Instant.EPOCH, "one", List.of("phases: a -> b"))),
            "database",
            "reader",
            "0051",
            "loader",
            production,
            List.of("one"),
            "me on here",
            Head.NONE),
        "history",
        instance,
        "00D1",
        Snapshot.scn(4711),
        "4712",
        Instant.parse("2026-01-01T00:00:00Z"),
        known.isPresent() ? Optional.of(Instant.EPOCH) : Optional.empty(),
        Instant.parse("2026-01-02T00:00:00.123Z"),
        Level.SAMPLE,
        true,
        List.of(table(known)),
        List.of(object(known)),
        List.of(control()),
        List.of(whole()),
        new Certificate.Quota(20_000, 2, 2),
        List.of(),
        List.of("A note."));
  }

  private static Certificate.Table table(OptionalLong known) {
    return new Certificate.Table(
        PassKind.ROWS,
        "CUSTOMERS",
        "Account",
        "only",
        "whole",
        10_002,
        10_002,
        1,
        10_001,
        10_000,
        0,
        1,
        known,
        known,
        1,
        1,
        1,
        Batches.of(10_001, 2),
        new Certificate.Sample(100, 200, 0, 1, Certificate.Against.NOW, "A statement."),
        List.of(new Certificate.Code("CODE", 1, "It means.", "Do.")),
        List.of(new Certificate.AlteredField("Name", "TEXT_TRUNCATED", 1, List.of("A-1"))),
        new ByHand(1, List.of(new HandRow("A-2", "me", "2026-01-01T00:00:00Z", "f", "d", "e"))),
        true);
  }

  private static Certificate.OrgObject object(OptionalLong known) {
    return new Certificate.OrgObject(
        "Account",
        "External_ID__c",
        new Certificate.Changed(
            known.isPresent() ? Optional.of(Instant.EPOCH) : Optional.empty(),
            known,
            1,
            List.of(new Certificate.ChangedRecord("A-7", "0017", "2026", "0052", List.of("Name")))),
        new Certificate.Strangers(known, List.of("X-1")));
  }

  private static Certificate.Whole whole() {
    return new Certificate.Whole(
        "Account",
        "External_ID__c",
        List.of("CUSTOMERS"),
        false,
        10_000,
        9_000,
        16,
        1,
        1_000,
        1,
        2,
        Certificate.Against.SNAPSHOT);
  }

  private static Certificate.Control control() {
    Certificate.Totals totals = new Certificate.Totals(3, 3, "30.5", "1", "20");
    return new Certificate.Control(
        "CUSTOMERS",
        "revenue",
        "Amount__c",
        List.of("year(Sold_On__c)"),
        Certificate.Agreement.EQUAL,
        "",
        1,
        List.of(new Certificate.ControlLine(List.of("2025"), totals, totals, totals, true)));
  }
}
