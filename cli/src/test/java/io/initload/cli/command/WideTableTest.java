package io.initload.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.initload.cli.Shell;
import io.initload.cli.Site;
import io.initload.simulator.OrgOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A table of more fields, or longer names, than an org takes of a job is told before it is run. */
@Tag("system")
class WideTableTest {
  @TempDir Path directory;

  /** No address of a query holds all of its fields. */
  @Test
  void aHeaderThatAnOrgTakesIsNoFindingAndAllFieldsAreCompared() throws IOException {
    // 14 + 750 * (1 + 41) = 31,514
    try (Site site = site(names(750, 41))) {
      assertThat(site.run("validate").exits(0).out()).doesNotContain("HEADER_TOO_LONG");
      site.run("run").exits(0);
      JsonNode sample =
          site.run("reconcile", "--level", "sample", "--json")
              .exits(0)
              .json()
              .path("tables")
              .path(0)
              .path("sample");
      assertThat(sample.path("rows").asLong()).isEqualTo(Site.COUNTRIES);
      assertThat(sample.path("fields").asLong()).isEqualTo(Site.COUNTRIES * 751);
    }
  }

  @Test
  void aLongerHeaderIsAnError() throws IOException {
    try (Site site = site(names(800, 41))) {
      Shell.Result told = site.run("validate").exits(1);
      assertThat(told.out() + told.err())
          .contains("HEADER_TOO_LONG", "a line of 33,614 characters; an org takes 32,000")
          .doesNotContain("FIELDS_TOO_MANY");
      site.run("run").exits(1);
      assertThat(site.org().jobs()).isEmpty();
    }
  }

  @Test
  void moreFieldsThanAnOrgTakesAreAnError() throws IOException {
    try (Site site = site(names(5_000, 8))) {
      Shell.Result told = site.run("validate").exits(1);
      assertThat(told.out() + told.err())
          .contains("FIELDS_TOO_MANY", "5,001 fields are mapped; an org takes 5,000 of a job");
    }
  }

  /** So many names of that length. */
  private static List<String> names(int fields, int length) {
    String filler = "x".repeat(length);
    return IntStream.range(0, fields)
        .mapToObj(i -> "F%d".formatted(i) + filler)
        .map(name -> name.substring(0, length - 3) + "__c")
        .toList();
  }

  /** A migration of countries into an object that has these fields, all of them constant. */
  private Site site(List<String> fields) throws IOException {
    Path describes = Files.createDirectories(directory.resolve("describes"));
    String described =
        fields.stream()
            .map(
                name ->
                    "{\"name\":\"%s\",\"label\":\"%s\",\"type\":\"string\",\"length\":20,\"nillable\":true}"
                        .formatted(name, name))
            .collect(Collectors.joining(",\n"));
    Files.writeString(
        describes.resolve("Wide__c.json"),
        """
        {"name":"Wide__c","label":"Wide","keyPrefix":"a0W","fields":[
        {"name":"External_ID__c","label":"External ID","type":"string","length":80,
         "externalId":true,"unique":true,"idLookup":true},
        %s]}
        """
            .formatted(described));
    String constants =
        fields.stream().map(name -> "      " + name + ": x\n").collect(Collectors.joining());
    Site site = Site.open(directory, OrgOptions.defaults().describes(describes), 10);
    return site.config(
        text ->
            text.substring(0, text.indexOf("phases:"))
                + """
                phases: [reference]
                tables:
                  - source: COUNTRIES
                    object: Wide__c
                    phase: reference
                    externalId: External_ID__c
                    columns: {COUNTRY_ID: External_ID__c}
                    constants:
                """
                + constants);
  }
}
