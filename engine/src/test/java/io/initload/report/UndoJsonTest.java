package io.initload.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.initload.Sha256;
import io.initload.Times;
import io.initload.ledger.audit.Chain.Head;
import io.initload.pipeline.prove.Certificate;
import io.initload.pipeline.prove.undo.UndoCertificate;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** The certificate of a deletion as a document and as a page. */
class UndoJsonTest {
  @Test
  void theDocumentIsOfItsSchemaAndTheSchemaNamesEveryMember() throws Exception {
    for (UndoCertificate certificate :
        List.of(
            certificate(OptionalLong.of(3), Optional.of(Instant.EPOCH)),
            certificate(OptionalLong.empty(), Optional.empty()))) {
      ObjectNode document = CertificateJson.of(certificate);
      Described.by("undo.schema.json", document);
      assertThat(CertificateJson.known(document)).isTrue();
      assertThat(CertificateJson.ofUndo(document)).isTrue();
      assertThat(CertificateJson.intact(document)).isTrue();
    }
  }

  @Test
  void thePageSaysWhatRemainsAndEscapesEverything() {
    assertThat(
            UndoPage.html(
                certificate(OptionalLong.empty(), Optional.empty()), new Times(ZoneOffset.UTC)))
        .contains(
            "The deletion is not complete.",
            "Something &lt;b&gt; is wrong.",
            "<td class=\"n\">unknown</td>",
            "not yet",
            "1,234",
            "001D000000IRFma")
        .doesNotContain("{{", "<b> is");
  }

  private static UndoCertificate certificate(OptionalLong known, Optional<Instant> when) {
    return new UndoCertificate(
        new Certificate.Provenance(
            "initload 1",
            "",
            "",
            Sha256.of("file"),
            List.of(),
            "database",
            "reader",
            "0051",
            "loader",
            Optional.empty(),
            List.of("one"),
            "me on here",
            Head.NONE),
        "history",
        "acme",
        "00D1",
        Instant.EPOCH,
        when,
        when,
        Instant.EPOCH,
        false,
        List.of(
            new UndoCertificate.Table(
                "CUSTOMERS",
                "Account",
                "only",
                1_234,
                1_234,
                1_230,
                3,
                1,
                2,
                new UndoCertificate.Remaining(known, List.of("001D000000IRFma")),
                List.of(new Certificate.Code("CODE", 3, "It means.", "Do.")))),
        List.of(new UndoCertificate.OrgObject("Account", "External_ID__c", known, known, known)),
        new Certificate.Quota(20_000, 2, 2),
        List.of("Something <b> is wrong."),
        List.of("A note."));
  }
}
