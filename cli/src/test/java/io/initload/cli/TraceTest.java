package io.initload.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.initload.simulator.OrgRecord;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One row, followed from the source into the org. */
@Tag("system")
class TraceTest {
  @TempDir private Path directory;

  @Test
  void aLoadedRowLeadsToItsJobAndItsRecord() throws Exception {
    try (Site site = Site.open(directory)) {
      site.run("run").exits(0);
      OrgRecord record = account(site, "8");
      String job =
          site.org().jobs().stream()
              .filter(j -> j.spec().object().equals("Account"))
              .findFirst()
              .orElseThrow()
              .id();

      JsonNode traces = site.run("trace", "8", "--json").exits(0).json();
      assertThat(traces.findValuesAsText("pass")).containsExactly("COUNTRIES", "CUSTOMERS");
      JsonNode trace = traces.path(1);
      assertThat(trace.path("source").path("found").asText()).isEqualTo("ONE");
      assertThat(trace.path("exceptions")).isEmpty();
      JsonNode found = trace.path("records").path(0);
      assertThat(found.path("id").asText()).isEqualTo(record.id());
      assertThat(found.path("origin").path("sfJob").asText()).isEqualTo(job);
      assertThat(found.path("origin").path("chunk").asLong()).isEqualTo(1);
      assertThat(found.path("fields").findValuesAsText("compared"))
          .containsExactly("EQUAL", "EQUAL", "EQUAL", "NOT_SENT");

      write(site, "Account/" + record.id(), "{\"Name\": \"Else\"}");
      assertThat(site.run("trace", "8", "--table", "CUSTOMERS").exits(0).out())
          .contains(
              "CUSTOMERS, external id 8, into Account",
              "record " + record.id(),
              "created by job " + job + ", part CUSTOMERS-00001-001",
              "2 fields equal, 1 different, 1 not sent",
              "Name: \"Müller \"8\"\\nné Łukasz\" was sent, the org has \"Else\"");
    }
  }

  @Test
  void aRefusedRowSaysWhyAndARecordThatWasThereIsNotOurs() throws Exception {
    try (Site site = Site.open(directory)) {
      site.source().run("UPDATE CUSTOMERS SET CUST_EMAIL = 'nobody(at)nowhere' WHERE CUST_ID = 7");
      write(site, "Account/External_ID__c/9", "{\"Name\": \"There before\"}");
      site.run("run").exits(4);

      JsonNode refused = site.run("trace", "7", "--table", "CUSTOMERS", "--json").exits(0).json();
      JsonNode row = refused.path(0).path("exceptions").path(0).path("row");
      assertThat(row.path("state").asText()).isEqualTo("DEAD");
      assertThat(row.path("code").asText()).isEqualTo("INVALID_EMAIL_ADDRESS");
      assertThat(refused.path(0).path("records")).isEmpty();
      assertThat(site.run("trace", "7", "--table", "CUSTOMERS").exits(0).out())
          .contains("dead since", "CUSTOMERS-00001", "INVALID_EMAIL_ADDRESS", "no record has");

      assertThat(site.run("trace", "9", "--table", "CUSTOMERS").exits(0).out())
          .contains("by no list of created records", "3 fields equal, 0 different");
    }
  }

  @Test
  void aListOnAnotherHostAndAKeyThatNobodyKnowsAreSaid() throws Exception {
    try (Site site = Site.open(directory)) {
      assertThat(site.run("trace", "8").exits(1).err()).contains("NOT_BEGUN");
      site.run("run").exits(0);
      try (Stream<Path> kept = Files.walk(site.staging())) {
        for (Path list : kept.filter(f -> f.toString().contains("receipts/CUST")).toList()) {
          Files.write(list, new byte[] {1}, StandardOpenOption.APPEND);
        }
      }
      assertThat(site.run("trace", "8", "--table", "CUSTOMERS").exits(0).out())
          .as("a list that is damaged")
          .containsPattern(
              "others lie on [^,]+, where CUSTOMERS-00001-001-job\\d+ is not as it was");
      try (Stream<Path> kept = Files.walk(site.staging())) {
        for (Path list : kept.filter(f -> f.toString().contains("receipts/CUST")).toList()) {
          Files.delete(list);
        }
      }
      assertThat(site.run("trace", "8", "--table", "CUSTOMERS").exits(0).out())
          .contains("not created by a job whose list can be looked at here; others lie on ");
      assertThat(site.run("trace", "4711").exits(3).err())
          .contains("TRACE_UNKNOWN", "4711", "any table of the migration");
      assertThat(site.run("trace").exits(1).err()).contains("KEY");
    }
  }

  @Test
  void aRowIsNotFollowedByAnotherMapping() {
    try (Site site = Site.open(directory)) {
      site.run("run").exits(0);
      site.with("      CUST_EMAIL: Email__c\n", "      CUST_EMAIL: Phone\n");
      assertThat(site.run("trace", "8", "--table", "CUSTOMERS").exits(1).err())
          .contains("MAPPING_CHANGED");
      assertThat(site.run("trace", "8", "--table", "COUNTRIES").exits(0).out()).contains("one row");
    }
  }

  private static OrgRecord account(Site site, String externalId) {
    return site.org().records("Account").byExternalId("External_ID__c", externalId).orElseThrow();
  }

  /** As another user of the org would. */
  private static void write(Site site, String path, String json)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create(site.org().instanceUrl() + "/services/data/v60.0/sobjects/" + path))
            .header("Authorization", "Bearer " + site.org().accessToken())
            .header("Content-Type", "application/json")
            .method("PATCH", HttpRequest.BodyPublishers.ofString(json))
            .build();
    int status = HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).statusCode();
    assertThat(status).isBetween(200, 204);
  }
}
