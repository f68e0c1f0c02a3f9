package io.initload.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.initload.config.FieldMapping;
import io.initload.config.FieldMapping.Expression;
import io.initload.config.FieldMapping.Place;
import io.initload.config.Hierarchy;
import io.initload.config.ReconcileConfig.Level;
import io.initload.config.SourceName;
import io.initload.config.TableConfig;
import io.initload.config.TableConfigs;
import io.initload.config.Trial;
import io.initload.ledger.Ledger;
import io.initload.ledger.entry.DeadLetterFilter;
import io.initload.mapping.Finding;
import io.initload.pipeline.prepare.MigrationPlan;
import io.initload.pipeline.prove.Certificate;
import io.initload.source.H2Tables;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trials: some rows of each table, and all that they name. */
@Tag("system")
class TrialTest {
  private static final int FIRMS = 2_000;
  private static final int PEOPLE = 4_000;
  private static final int CALLS = 6_000;

  @TempDir private Path directory;
  private final H2Tables source =
      new H2Tables(
          "CREATE TABLE \"F\" (\"id\" NUMBER(9) PRIMARY KEY, \"name\" VARCHAR2(40))",
          "INSERT INTO \"F\" SELECT X, 'firm ' || X FROM SYSTEM_RANGE(1, 2000)",
          "CREATE TABLE \"P\" (\"id\" NUMBER(9) PRIMARY KEY, \"name\" VARCHAR2(40), \"firm\""
              + " NUMBER(9))",
          "INSERT INTO \"P\" SELECT X, 'person ' || X, 1 + MOD(X, 2000) FROM SYSTEM_RANGE(1, 4000)",
          "CREATE TABLE \"C\" (\"id\" NUMBER(9) PRIMARY KEY, \"firm\" NUMBER(9), \"who\""
              + " NUMBER(9))",
          "INSERT INTO \"C\" SELECT X, 1 + MOD(X * 7, 2000), 1 + MOD(X * 13, 4000) FROM"
              + " SYSTEM_RANGE(1, 6000)",
          "CREATE TABLE \"T\" (\"id\" NUMBER(9) PRIMARY KEY, \"name\" VARCHAR2(40), \"boss\""
              + " NUMBER(9))");

  @AfterEach
  void close() {
    source.close();
  }

  @Test
  void childrenComeWithTheirParentsAndParentsWithTheirChildren() throws Exception {
    try (LocalMigration migration = migration(tables()).trial(Trial.rows(50))) {
      assertThat(migration.run().failures()).isEmpty();

      Set<Integer> calls = those(CALLS, TrialTest::firmOfCall, range(50));
      Set<Integer> people = those(PEOPLE, TrialTest::firmOfPerson, range(50));
      calls.forEach(call -> people.add(1 + call * 13 % PEOPLE));
      Set<Integer> firms = new TreeSet<>(range(50));
      people.forEach(person -> firms.add(firmOfPerson(person)));
      assertThat(loaded(migration, "Task")).isEqualTo(calls).hasSizeGreaterThan(100);
      assertThat(loaded(migration, "Contact")).isEqualTo(people);
      assertThat(loaded(migration, "Account")).isEqualTo(firms).hasSizeLessThan(400);
      assertThat(refused(migration)).isZero();

      Certificate certificate = migration.certificate();
      assertThat(certificate.findings()).isEmpty();
      assertThat(certificate.migration()).isEqualTo("local-trial-50rows");
      assertThat(certificate.notes())
          .contains(
              "This is a trial of 50 rows: rows of the snapshot that it does not take are not in"
                  + " its books.");
      assertThat(certificate.tables())
          .extracting(Certificate.Table::source, Certificate.Table::snapshotRows)
          .containsExactly(
              tuple("F", (long) firms.size()),
              tuple("P", (long) people.size()),
              tuple("C", (long) calls.size()));
      Certificate full = migration.certificate(Level.FULL);
      assertThat(full.findings()).isEmpty();
      assertThat(full.whole()).hasSize(3).allMatch(whole -> whole.equal() == whole.records());
    }
  }

  @Test
  void aFractionIsAboutOneAndNoLookupLeadsOutOfIt() throws Exception {
    try (LocalMigration migration = migration(tables()).trial(Trial.fraction("5%"))) {
      MigrationPlan plan = migration.plan();
      assertThat(plan.migration()).isEqualTo("local-trial-5pct");
      assertThat(plan.tables().get(0).reason()).contains("; of a trial, rows of which [id] is in");

      assertThat(migration.run().failures()).isEmpty();
      Set<Integer> calls = loaded(migration, "Task");
      Set<Integer> people = loaded(migration, "Contact");
      assertThat(calls).hasSizeBetween(CALLS / 40, CALLS / 10);
      assertThat(people)
          .contains(calls.stream().map(c -> 1 + c * 13 % PEOPLE).toArray(Integer[]::new));
      assertThat(loaded(migration, "Account"))
          .contains(people.stream().map(TrialTest::firmOfPerson).toArray(Integer[]::new));
      assertThat(refused(migration)).isZero();
      assertThat(plan.tables())
          .extracting(MigrationPlan.Table::source, MigrationPlan.Table::estimatedRows)
          .contains(tuple("C", (long) calls.size()), tuple("P", (long) people.size()));
      assertThat(migration.certificate().findings()).isEmpty();
    }
  }

  /** Of 1 to 50, half name rows of the trial, and half do not. */
  @Test
  void linksThatLeadOutOfATrialAreLeftOut() throws Exception {
    source.run(
        "INSERT INTO \"T\" SELECT X, 'row ' || X, CASE WHEN X <= 25 THEN X + 25 ELSE X + 100 END"
            + " FROM SYSTEM_RANGE(1, 300)");
    TableConfig table = LocalMigration.table("T", 100, "boss", "Parent.External_ID__c");
    try (LocalMigration migration = migration(table).trial(Trial.rows(50))) {
      assertThat(migration.run().failures()).isEmpty();
      assertThat(loaded(migration, "Account")).isEqualTo(range(50));
      assertThat(migration.loaded("ParentId").values()).filteredOn(id -> !id.isEmpty()).hasSize(25);
      assertThat(refused(migration)).isZero();
      Certificate certificate = migration.certificate();
      assertThat(certificate.findings()).isEmpty();
      assertThat(certificate.tables())
          .extracting(Certificate.Table::source, Certificate.Table::snapshotRows)
          .containsExactly(tuple("T", 50L), tuple("T:links", 25L));
    }
  }

  @Test
  void rowsThatAreLoadedByLevelsBringTheirAncestors() throws Exception {
    source.run(
        "INSERT INTO \"T\" SELECT X, 'row ' || X, CASE WHEN X < 200 THEN X + 100 END"
            + " FROM SYSTEM_RANGE(1, 300)");
    TableConfig table =
        TableConfigs.like(LocalMigration.table("T", 100, "boss", "Parent.External_ID__c"))
            .hierarchy(new Hierarchy(true, 4))
            .build();
    try (LocalMigration migration = migration(table).trial(Trial.rows(10))) {
      assertThat(migration.run().failures()).isEmpty();
      Set<Integer> wanted = new TreeSet<>();
      range(10).forEach(id -> wanted.addAll(List.of(id, id + 100, id + 200)));
      assertThat(loaded(migration, "Account")).isEqualTo(wanted);
      assertThat(refused(migration)).isZero();
      assertThat(migration.certificate().findings()).isEmpty();
    }
  }

  @Test
  void whatCannotBeChosenFromIsNamed() throws Exception {
    FieldMapping computed =
        new FieldMapping(
            "Account.External_ID__c", new Expression("text(firm)", List.of(), new Place(1, 1)));
    TableConfig firms = tables()[0];
    List<FieldMapping> fields = new ArrayList<>(tables()[1].fields().subList(0, 2));
    fields.add(computed);
    TableConfig people = TableConfigs.like(tables()[1]).fields(fields).build();
    assertThat(codes(firms, people)).contains("TRIAL_LOOKUP");

    SourceName query = SourceName.ofQuery("F", "SELECT * FROM \"F\"");
    assertThat(codes(TableConfigs.like(firms).source(query).build())).contains("TRIAL_QUERY");

    source.run("INSERT INTO \"T\" SELECT X, 'row ' || X, NULL FROM SYSTEM_RANGE(1, 30)");
    TableConfig deep =
        TableConfigs.like(LocalMigration.table("T", 100, "boss", "Parent.External_ID__c"))
            .hierarchy(new Hierarchy(true, 50))
            .build();
    TableConfig[] many =
        IntStream.range(0, 6)
            .mapToObj(
                i ->
                    TableConfigs.of("C" + i)
                        .source(new SourceName("", "C").where("MOD(\"id\", 6) = " + i))
                        .object("Task")
                        .field("id", "External_ID__c")
                        .field("who", "Contact:Who.External_ID__c")
                        .field("firm", "Account:What.External_ID__c")
                        .build())
            .toArray(TableConfig[]::new);
    List<TableConfig> wide = new ArrayList<>(List.of(many));
    wide.add(0, deep);
    wide.add(1, TableConfigs.like(people).fields(fields.subList(0, 2)).build());
    assertThat(codes(wide.toArray(TableConfig[]::new))).contains("TRIAL_TOO_WIDE");
  }

  private List<String> codes(TableConfig... tables) throws Exception {
    try (LocalMigration migration = migration(tables).trial(Trial.rows(5))) {
      return migration.preflight().stream().map(Finding::code).toList();
    }
  }

  private LocalMigration migration(TableConfig... tables) {
    return new LocalMigration(directory, source.config(), tables);
  }

  private static TableConfig[] tables() {
    return new TableConfig[] {
      LocalMigration.table("F", 500),
      TableConfigs.of("P")
          .object("Contact")
          .chunkRows(500)
          .field("id", "External_ID__c")
          .field("name", "LastName")
          .field("firm", "Account.External_ID__c")
          .build(),
      TableConfigs.of("C")
          .object("Task")
          .chunkRows(500)
          .field("id", "External_ID__c")
          .field("id", "Subject")
          .field("firm", "Account:What.External_ID__c")
          .field("who", "Contact:Who.External_ID__c")
          .build()
    };
  }

  private static int firmOfPerson(int person) {
    return 1 + person % FIRMS;
  }

  private static int firmOfCall(int call) {
    return 1 + call * 7 % FIRMS;
  }

  private static Set<Integer> range(int last) {
    return new TreeSet<>(IntStream.rangeClosed(1, last).boxed().toList());
  }

  private static Set<Integer> those(int last, IntUnaryOperator parent, Set<Integer> parents) {
    Set<Integer> those = range(last);
    those.removeIf(id -> !parents.contains(parent.applyAsInt(id)));
    return those;
  }

  private static Set<Integer> loaded(LocalMigration migration, String object) {
    Set<Integer> keys = new TreeSet<>();
    try (var records = migration.org().records(object).stream()) {
      records.forEach(r -> keys.add(Integer.valueOf(r.value("External_ID__c").orElseThrow())));
    }
    return keys;
  }

  private static long refused(LocalMigration migration) {
    try (Ledger ledger = migration.ledger()) {
      return ledger.deadLetters().page(DeadLetterFilter.ALL, 0, 10).size();
    }
  }
}
