package io.initload.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.initload.cli.MigrationTest;
import io.initload.cli.Shell;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo, smaller than life. */
@Tag("system")
class DemoTest {
  @TempDir Path directory;

  @Test
  void migratesASalesHistoryAndCertifiesIt() {
    Path demo = directory.resolve("demo");
    Shell.Result result =
        Shell.run("demo", "--sales", "20000", "--json", "--directory", demo.toString()).exits(0);
    JsonNode certificate = result.json();
    MigrationTest.checkCertificate(certificate, 6);
    assertThat(certificate.path("asDesigned").asBoolean()).isTrue();
    JsonNode sales = certificate.path("tables").path(5);
    assertThat(sales.path("source").asText()).isEqualTo("SALES");
    assertThat(sales.path("snapshotRows").asLong()).isEqualTo(20_000);
    assertThat(sales.path("deadLettered").asLong()).isEqualTo(2);
    assertThat(certificate.path("level").asText()).isEqualTo("FULL");
    assertThat(certificate.path("whole").findValuesAsText("object"))
        .containsExactlyInAnyOrder(
            "Country__c", "Channel__c", "Product2", "Promotion__c", "Account", "Sale__c");
    assertThat(certificate.path("whole").findValuesAsText("differences")).containsOnly("0");
    assertThat(certificate.path("whole").findValuesAsText("records")).contains("19998");
    assertThat(Path.of(certificate.path("report").asText()))
        .isEqualTo(demo.resolve("report.html"))
        .content()
        .contains("The books close.");
  }

  @Test
  void leavesAForeignDirectoryAlone() throws java.io.IOException {
    Path mine = java.nio.file.Files.writeString(directory.resolve("thesis.txt"), "all of it");
    Shell.Result result = Shell.run("demo", "--directory", directory.toString()).exits(1);
    assertThat(result.err()).contains("error DEMO_DIRECTORY");
    assertThat(mine).hasContent("all of it");
  }
}
