package io.initload.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.initload.config.FieldMapping;
import io.initload.config.SourceName;
import io.initload.config.TableConfig;
import io.initload.config.TableConfigs;
import io.initload.pipeline.prove.Certificate;
import io.initload.source.H2Tables;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows of one table that name parents of several objects by one lookup. */
@Tag("system")
class SeveralParentsTest {
  @TempDir private Path directory;

  @Test
  void aLookupIsSplitByConditionsAndLeadsToEachObject() throws Exception {
    try (H2Tables source = source();
        LocalMigration migration =
            new LocalMigration(
                directory,
                source.config(),
                people("contacts", "C", "Contact"),
                people("leads", "L", "Lead"),
                calls("calls-to-contacts", "\"kind\" = 'C'", "Contact:Who.External_ID__c"),
                calls("calls-to-leads", "\"kind\" = 'L'", "Lead:Who.External_ID__c"),
                calls("other-calls", "\"kind\" IS NULL", ""))) {
      assertThat(migration.run().failures()).isEmpty();

      Map<String, String> wanted = new TreeMap<>();
      IntStream.rangeClosed(1, 300)
          .forEach(
              i -> wanted.put("A" + i, i % 3 == 0 ? "" : (i % 3 == 1 ? "C" : "L") + (1 + i % 20)));
      assertThat(whoIsCalled(migration)).isEqualTo(wanted);

      Certificate certificate = migration.certificate();
      assertThat(certificate.findings()).isEmpty();
      assertThat(certificate.tables())
          .extracting(
              Certificate.Table::source, Certificate.Table::object, Certificate.Table::created)
          .contains(
              tuple("calls-to-contacts", "Task", 100L),
              tuple("calls-to-leads", "Task", 100L),
              tuple("other-calls", "Task", 100L));
      assertThat(certificate.tables())
          .allSatisfy(table -> assertThat(table.sample().rows()).isPositive());
    }
  }

  private static H2Tables source() {
    return new H2Tables(
        "CREATE TABLE \"P\" (\"id\" VARCHAR2(9) PRIMARY KEY, \"kind\" CHAR(1), \"name\""
            + " VARCHAR2(40))",
        "INSERT INTO \"P\" SELECT 'C' || X, 'C', 'contact ' || X FROM SYSTEM_RANGE(1, 20)",
        "INSERT INTO \"P\" SELECT 'L' || X, 'L', 'lead ' || X FROM SYSTEM_RANGE(1, 20)",
        "CREATE TABLE \"ACT\" (\"id\" VARCHAR2(9) PRIMARY KEY, \"kind\" CHAR(1), \"who\""
            + " VARCHAR2(9))",
        "INSERT INTO \"ACT\" SELECT 'A' || X, CASE MOD(X, 3) WHEN 1 THEN 'C' WHEN 2 THEN 'L' END,"
            + " CASE MOD(X, 3) WHEN 1 THEN 'C' || (1 + MOD(X, 20)) WHEN 2 THEN 'L' || (1 + MOD(X,"
            + " 20)) END FROM SYSTEM_RANGE(1, 300)");
  }

  private static TableConfig people(String name, String kind, String object) {
    List<FieldMapping> fields =
        List.of(
            new FieldMapping("External_ID__c", new FieldMapping.Column("id")),
            new FieldMapping("LastName", new FieldMapping.Column("name")),
            new FieldMapping("Company", new FieldMapping.Constant("Acme")));
    return TableConfigs.of(name)
        .source(new SourceName("", "P").where("\"kind\" = '" + kind + "'"))
        .object(object)
        .fields(object.equals("Lead") ? fields : fields.subList(0, 2))
        .build();
  }

  private static TableConfig calls(String name, String where, String parent) {
    TableConfigs table =
        TableConfigs.of(name)
            .source(new SourceName("", "ACT").where(where))
            .object("Task")
            .field("id", "External_ID__c")
            .field("id", "Subject");
    return (parent.isEmpty() ? table : table.field("who", parent)).build();
  }

  /** External ids of the records and of those that they name. */
  private static Map<String, String> whoIsCalled(LocalMigration migration) {
    Map<String, String> keys = new TreeMap<>();
    for (String object : List.of("Contact", "Lead")) {
      try (var records = migration.org().records(object).stream()) {
        records.forEach(r -> keys.put(r.id(), r.value("External_ID__c").orElseThrow()));
      }
    }
    Map<String, String> called = new TreeMap<>();
    try (var records = migration.org().records("Task").stream()) {
      records.forEach(
          r ->
              called.put(
                  r.value("External_ID__c").orElseThrow(),
                  r.value("WhoId").map(id -> String.valueOf(keys.get(id))).orElse("")));
    }
    return called;
  }
}
