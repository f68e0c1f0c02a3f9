package io.initload.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.initload.cli.init.InitSite;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code init} on Oracle's sample schemas, of which two tables have one name. */
@Tag("system")
class SampleDraftTest {
  @TempDir Path directory;

  @Test
  void everyColumnGoesWhereItIsMeantFor() throws IOException, SQLException {
    List<SampleSchema.Table> tables = SampleSchema.tables();
    OracleFile source = new OracleFile(directory.resolve("source"));
    try (Connection connection = source.connect()) {
      SampleSchema.create(connection, tables);
    }
    tables.forEach(table -> link(source, table, tables));
    SampleSchema.describe(directory.resolve("describes"), tables);
    try (InitSite site =
        new InitSite(directory, source.url(), "SA", directory.resolve("describes"))) {
      JsonNode drafted =
          site.init("--json", "--schema", "HR", "--schema", "SH").exits(0).json().path("tables");
      Set<String> written = new TreeSet<>();
      Set<String> meant = new TreeSet<>();
      for (SampleSchema.Table table : tables) {
        table.columns().forEach(column -> meant(table, column, tables, meant));
      }
      for (JsonNode table : drafted) {
        written(table, written);
        boolean keyless = table.path("source").asText().equals("SH.COSTS");
        assertThat(table.path("loaded").asBoolean()).as("%s", table).isNotEqualTo(keyless);
      }
      meant.removeIf(line -> line.startsWith("SH.COSTS."));
      written.removeIf(line -> line.startsWith("SH.COSTS."));
      assertThat(written).isEqualTo(meant);
      site.run("validate").exits(0);
    }
  }

  private static void link(
      OracleFile source, SampleSchema.Table table, List<SampleSchema.Table> tables) {
    for (SampleSchema.Column column : table.columns()) {
      parent(column, tables)
          .ifPresent(
              parent ->
                  source.run(
                      "ALTER TABLE %s ADD FOREIGN KEY (%s) REFERENCES %s"
                          .formatted(table.source(), column.name(), parent.source())));
    }
  }

  private static Optional<SampleSchema.Table> parent(
      SampleSchema.Column column, List<SampleSchema.Table> tables) {
    return column
        .parent()
        .flatMap(object -> tables.stream().filter(t -> t.object().equals(object)).findFirst());
  }

  private static void meant(
      SampleSchema.Table table,
      SampleSchema.Column column,
      List<SampleSchema.Table> tables,
      Set<String> meant) {
    String from = table.source() + "." + column.name() + " -> ";
    meant.add(from + column.field());
    if (table.key().equals(List.of(column.name()))) {
      meant.add(from + "External_ID__c");
    }
    if (parent(column, tables).isPresent()) {
      meant.add(from + column.relationship() + ".External_ID__c");
    }
  }

  private static void written(JsonNode table, Set<String> written) {
    for (String list : List.of("externalId", "fields", "proposals")) {
      for (JsonNode match : table.path(list)) {
        List<String> columns = new ArrayList<>();
        match.path("columns").forEach(c -> columns.add(c.asText()));
        if (columns.size() == 1) {
          written.add(
              "%s.%s -> %s"
                  .formatted(
                      table.path("source").asText(), columns.get(0), match.path("field").asText()));
        }
      }
    }
  }
}
