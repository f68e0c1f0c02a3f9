package io.initload.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.initload.simulator.OrgOptions;
import io.initload.simulator.OrgRecord;
import io.initload.simulator.SimulatedOrg;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Real data: all tables of Oracle's sample schemas HR and SH, with a configuration of their own.
 * What arrives is read through the org itself and held against the sample files, text to the byte
 * but for the blanks around it, which no org stores. Every foreign key is a lookup too: HR looks up
 * itself (an employee's manager) and goes in a circle (a department's manager, an employee's
 * department).
 */
@Tag("system")
final class SampleSchemasTest {
  private static final String MIDNIGHT = "T00:00:00";

  @TempDir Path directory;

  @Test
  void everyRowOfBothSchemasArrivesAsItWas() throws SQLException, IOException {
    List<SampleSchema.Table> tables = SampleSchema.tables();
    assertThat(tables).hasSize(14);
    OracleFile source = new OracleFile(directory.resolve("samples"));
    try (Connection connection = source.connect()) {
      SampleSchema.create(connection, tables);
    }
    SampleSchema.describe(directory.resolve("describes"), tables);
    OrgOptions options = OrgOptions.defaults().describes(directory.resolve("describes"));
    try (SimulatedOrg org = SimulatedOrg.start(options)) {
      Path config = directory.resolve("samples.yaml");
      Files.writeString(config, config(tables, source, org));

      Shell.run("run", "-c", config.toString()).exits(0);

      JsonNode certificate =
          Shell.run("reconcile", "-c", config.toString(), "--json").exits(0).json();
      assertThat(certificate.path("booksClosed").asBoolean()).isTrue();
      Map<String, String> keys = keys(tables, org);
      for (SampleSchema.Table table : tables) {
        compare(table, org, keys, certificate);
      }
    }
  }

  /** The external id of every record, by its own id. */
  private static Map<String, String> keys(List<SampleSchema.Table> tables, SimulatedOrg org) {
    Map<String, String> keys = new HashMap<>();
    for (SampleSchema.Table table : tables) {
      try (var records = org.records(table.object()).stream()) {
        records.forEach(r -> keys.put(r.id(), r.value("External_ID__c").orElseThrow()));
      }
    }
    return keys;
  }

  private static void compare(
      SampleSchema.Table table, SimulatedOrg org, Map<String, String> keys, JsonNode certificate)
      throws IOException {
    List<NamedCsvRecord> rows = table.rows();
    for (JsonNode t : certificate.path("tables")) {
      if (t.path("source").asText().equals(table.source())) {
        assertThat(t.path("snapshotRows").asLong()).isEqualTo(rows.size());
        assertThat(t.path("targetRows").asLong()).isEqualTo(rows.size());
      }
    }
    Map<String, OrgRecord> records =
        org.records(table.object()).stream()
            .collect(Collectors.toMap(r -> r.value("External_ID__c").orElseThrow(), r -> r));
    assertThat(records).as(table.source()).hasSize(rows.size());
    for (NamedCsvRecord row : rows) {
      String key = key(table, row);
      OrgRecord record = records.get(key);
      assertThat(record).as("%s %s", table.source(), key).isNotNull();
      for (int i = 0; i < table.columns().size(); i++) {
        compare(table, table.columns().get(i), row.getField(i), record);
        linked(table, table.columns().get(i), row.getField(i), record, keys);
      }
    }
  }

  private static void linked(
      SampleSchema.Table table,
      SampleSchema.Column column,
      String sent,
      OrgRecord record,
      Map<String, String> keys) {
    if (column.parent().isPresent()) {
      String named = column.isDate() && !sent.isEmpty() ? sent.substring(0, 10) + MIDNIGHT : sent;
      assertThat(record.value(column.lookup()).map(keys::get).orElse(""))
          .as("%s.%s", table.source(), column.lookup())
          .isEqualTo(named);
    }
  }

  private static void compare(
      SampleSchema.Table table, SampleSchema.Column column, String sent, OrgRecord record) {
    String there = record.value(column.field()).orElse("");
    if (!column.isText() && !column.isDate() && !sent.isEmpty()) {
      assertThat(new BigDecimal(there))
          .as("%s.%s", table.source(), column.name())
          .isEqualByComparingTo(new BigDecimal(sent));
    } else {
      String expected =
          column.isDate() && !sent.isEmpty() ? held(sent.substring(0, 10)) : sent.strip();
      assertThat(there).as("%s.%s", table.source(), column.name()).isEqualTo(expected);
    }
  }

  /** The samples have a promotion that ends in 9999; an org's calendar ends in 4000. */
  private static String held(String date) {
    return date.compareTo("4000-12-31") > 0 ? "4000-12-31" : date;
  }

  /** The external id: the identifying columns joined by a bar; dates in it have a time of day. */
  private static String key(SampleSchema.Table table, NamedCsvRecord row) {
    List<String> parts = new ArrayList<>();
    boolean composite = table.identity().size() > 1;
    for (int i = 0; i < table.columns().size(); i++) {
      SampleSchema.Column column = table.columns().get(i);
      if (table.identity().contains(column.name())) {
        String text = row.getField(i);
        boolean timed = column.isDate();
        parts.add(timed ? text.substring(0, 10) + MIDNIGHT : text);
      }
    }
    return composite ? String.join("|", parts) : parts.get(0);
  }

  private String config(List<SampleSchema.Table> tables, OracleFile source, SimulatedOrg org) {
    StringBuilder yaml =
        new StringBuilder(
            """
            name: samples
            source: {url: "%s", user: SA, password: %s, sessions: 2}
            target:
              loginUrl: %s
              instance: "%s"
              auth: {flow: client-credentials, clientId: "%s", clientSecret: "%s"}
              poll: {first: 50ms, max: 200ms}
            staging: {directory: "%s"}
            ledger: {url: "jdbc:sqlite:%s"}
            reconcile: {level: sample, sampleRows: 100}
            phases: [HR, SH]
            tables:
            """
                .formatted(
                    source.url(),
                    OracleFile.PASSWORD,
                    org.loginUrl(),
                    URI.create(org.instanceUrl()).getAuthority(),
                    org.clientId(),
                    org.clientSecret(),
                    directory.resolve("staging"),
                    directory.resolve("ledger.db")));
    for (SampleSchema.Table table : tables) {
      yaml.append("  - source: ").append(table.source()).append('\n');
      yaml.append("    object: ").append(table.object()).append('\n');
      yaml.append("    phase: ").append(table.schema()).append('\n');
      yaml.append("    externalId: External_ID__c\n");
      yaml.append("    columns:\n");
      boolean single = table.identity().size() == 1;
      for (SampleSchema.Column column : table.columns()) {
        boolean key = single && table.identity().contains(column.name());
        yaml.append("      ").append(column.name()).append(": ");
        List<String> fields = new ArrayList<>(List.of(column.field()));
        if (key) {
          fields.add("External_ID__c");
        }
        column.parent().ifPresent(p -> fields.add(column.relationship() + ".External_ID__c"));
        yaml.append("[").append(String.join(", ", fields)).append("]");
        yaml.append('\n');
      }
      if (!single) {
        yaml.append("    composites:\n      External_ID__c: {columns: [");
        yaml.append(String.join(", ", table.identity())).append("], separator: \"|\"}\n");
      }
      List<String> dates =
          table.columns().stream()
              .filter(SampleSchema.Column::isDate)
              .map(column -> column.name() + ": {dates: clamp}")
              .toList();
      if (!dates.isEmpty()) {
        yaml.append("    values: {").append(String.join(", ", dates)).append("}\n");
      }
    }
    return yaml.toString();
  }
}
