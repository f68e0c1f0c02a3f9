package io.initload.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.initload.Failure;
import io.initload.config.ReconcileConfig.Level;
import io.initload.config.TableConfig;
import io.initload.config.TableConfigs;
import io.initload.config.read.ConfigFile;
import io.initload.mapping.Finding;
import io.initload.pipeline.prepare.MigrationPlan;
import io.initload.pipeline.prove.Certificate;
import io.initload.pipeline.prove.Certificate.Against;
import io.initload.pipeline.prove.Certificate.Whole;
import io.initload.simulator.OrgOptions;
import io.initload.source.Dialects;
import io.initload.source.H2Tables;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example of docs/mapping.md, "Masking": real rows whose people cannot be recognised. */
@Tag("system")
class MaskingTest {
  private static final String KEY = "0123456789abcdef0123";
  private static final Pattern EXAMPLE =
      Pattern.compile("## Masking\\n.*?```yaml\\n(.*?)```", Pattern.DOTALL);

  @TempDir private Path directory;

  private final H2Tables source =
      new H2Tables(
          "CREATE TABLE FIRMS (ID NUMBER(9) PRIMARY KEY, NAME VARCHAR2(80), PHONE VARCHAR2(40),"
              + " REVENUE NUMBER(12,2), NOTE VARCHAR2(200))",
          "INSERT INTO FIRMS SELECT X, 'Weber & Sohn ' || MOD(X, 10), '+43 1 58801 ' || X, X *"
              + " 100.25, CASE WHEN MOD(X, 2) = 0 THEN 'pays late' END FROM SYSTEM_RANGE(1, 200)",
          "CREATE TABLE PEOPLE (ID NUMBER(9) PRIMARY KEY, LAST_NAME VARCHAR2(80), EMAIL"
              + " VARCHAR2(80), FIRM NUMBER(9))",
          "INSERT INTO PEOPLE SELECT X, 'Weber', 'p' || X || '@weber.at', 1 + MOD(X, 200) FROM"
              + " SYSTEM_RANGE(1, 300)");

  @AfterEach
  void close() {
    source.close();
  }

  @Test
  void nothingOfThePeopleArrivesAndAllOfTheirRelations() throws Exception {
    try (LocalMigration migration = migration(OrgOptions.defaults(), example())) {
      MigrationPlan plan = migration.plan();
      assertThat(plan.tables().get(1).reason()).contains("; masked: LastName (name), Email (mail)");
      assertThat(migration.run().failures()).isEmpty();

      Map<String, String> names = migration.loaded("Name");
      assertThat(names).hasSize(200);
      assertThat(names.values()).noneMatch(name -> name.contains("Weber"));
      assertThat(names.get("7")).isEqualTo(names.get("17")).isNotEqualTo(names.get("8"));
      assertThat(migration.loaded("Phone").values())
          .allMatch(phone -> phone.matches("\\+1 [2-9][0-9]{2} 555 01[0-9]{2}"));
      // The field shows no digits behind the point.
      assertThat(migration.loaded("AnnualRevenue").get("7")).matches("[1-9][0-9]{2}");
      assertThat(migration.loaded("Description").get("8")).doesNotContain("late").isNotEmpty();
      assertThat(migration.loaded("Description").get("7")).isEmpty();
      people(migration);

      Certificate certificate = migration.certificate();
      assertThat(certificate.findings()).isEmpty();
      assertThat(certificate.tables().get(1).sample().rows()).isPositive();
      assertThat(certificate.notes())
          .anyMatch(note -> note.startsWith("PEOPLE: masked: LastName (name), Email (mail)."));
      assertThat(files()).noneMatch(text -> text.contains(KEY));
      Certificate full = migration.certificate(Level.FULL);
      assertThat(full.findings()).isEmpty();
      assertThat(full.whole()).extracting(Whole::against).containsOnly(Against.DIGESTS);
      assertThat(full.whole()).extracting(Whole::equal).containsExactlyInAnyOrder(200L, 300L);
    }
  }

  private static void people(LocalMigration migration) {
    Map<String, String> firms = new TreeMap<>();
    try (var records = migration.org().records("Account").stream()) {
      records.forEach(r -> firms.put(r.id(), r.value("External_ID__c").orElseThrow()));
    }
    try (var records = migration.org().records("Contact").stream()) {
      assertThat(records.toList())
          .hasSize(300)
          .allSatisfy(
              r -> {
                int id = Integer.parseInt(r.value("External_ID__c").orElseThrow());
                assertThat(firms.get(r.value("AccountId").orElseThrow()))
                    .isEqualTo("" + (1 + id % 200));
                assertThat(r.value("Email").orElseThrow()).matches("m[a-z2-7]{15}@example\\.com");
                assertThat(r.value("LastName").orElseThrow()).isNotEqualTo("Weber");
              });
    }
  }

  @Test
  void whatWasReadAgainIsMaskedAlike() throws Exception {
    source.run("UPDATE PEOPLE SET FIRM = 999 WHERE ID = 5");
    try (LocalMigration migration = migration(OrgOptions.defaults(), example())) {
      migration.run();
      source.run("UPDATE PEOPLE SET FIRM = 6 WHERE ID = 5");
      migration.fromSource();
      assertThat(migration.run().failures()).isEmpty();
      people(migration);
      assertThat(migration.certificate().findings()).isEmpty();
    }
  }

  @Test
  void anotherKeyIsAnotherMapping() throws Exception {
    try (LocalMigration migration = migration(OrgOptions.defaults(), example())) {
      migration.run();
      TableConfig[] others = tables(example(), "another key, as long");
      migration.tables(table -> others[table.name().equals("FIRMS") ? 0 : 1]);
      assertThat(migration.run().failures())
          .extracting(Failure::code)
          .containsOnly("MAPPING_CHANGED");
    }
  }

  @Test
  void anOrgInProductionTakesNoPseudonymsUnlessTold() throws Exception {
    OrgOptions production = OrgOptions.defaults().production();
    try (LocalMigration migration = migration(production, example())) {
      assertThat(migration.preflight()).extracting(Finding::code).contains("MASKED_PRODUCTION");
      assertThatThrownBy(migration::run)
          .isInstanceOfSatisfying(
              Failure.class, e -> assertThat(e.code()).isEqualTo("MASKED_PRODUCTION"));
      assertThat(migration.loaded("Name")).isEmpty();
    }
    String told = example().replace("{key: ", "{intoProduction: true, key: ");
    try (LocalMigration migration = migration(production, told)) {
      assertThat(migration.run().failures()).isEmpty();
      assertThat(migration.loaded("Name")).hasSize(200);
    }
    OrgOptions silent = OrgOptions.defaults().hide("Organization.IsSandbox");
    try (LocalMigration migration = migration(silent, example())) {
      assertThat(migration.preflight()).extracting(Finding::code).contains("MASKED_PRODUCTION");
    }
    String plain = example().replaceAll("(?m)^    mask: .*\\n", "");
    try (LocalMigration migration = migration(production, plain)) {
      assertThat(migration.preflight())
          .extracting(Finding::code)
          .doesNotContain("MASKED_PRODUCTION");
    }
  }

  @Test
  void aFieldByWhichRowsAreNamedIsNotMasked() throws Exception {
    String key = example().replace("mask: {Name: name,", "mask: {External_ID__c: number,");
    try (LocalMigration migration = migration(OrgOptions.defaults(), key)) {
      assertThat(migration.preflight()).extracting(Finding::code).contains("MASK_KEY");
    }
    String lookup =
        example().replace("mask: {LastName: name,", "mask: {Account.External_ID__c: text,");
    try (LocalMigration migration = migration(OrgOptions.defaults(), lookup)) {
      assertThat(migration.preflight()).extracting(Finding::code).contains("MASK_KEY");
    }
  }

  private LocalMigration migration(OrgOptions org, String yaml) throws Exception {
    Path own = Files.createTempDirectory(directory, "m");
    return new LocalMigration(org, own, source.config(), tables(yaml, KEY));
  }

  private TableConfig[] tables(String yaml, String key) throws Exception {
    Path file = Files.writeString(directory.resolve("people.yaml"), yaml);
    Map<String, String> environment =
        Map.of(
            "ORACLE_PASSWORD", "p",
            "SF_CLIENT_ID", "c",
            "SF_CLIENT_SECRET", "s",
            "INITLOAD_MASK_KEY", key);
    return ConfigFile.read(file, environment, Dialects.ALL).tables().stream()
        .map(
            table ->
                TableConfigs.like(table)
                    .phase("only")
                    .stopAfterErrors(TableConfig.ErrorLimit.NEVER)
                    .build())
        .toArray(TableConfig[]::new);
  }

  private static String example() throws Exception {
    Matcher example = EXAMPLE.matcher(Files.readString(Path.of("../docs/mapping.md")));
    assertThat(example.find()).isTrue();
    return example.group(1);
  }

  /** Ledger and staged files. */
  private Stream<String> files() throws Exception {
    try (Stream<Path> all = Files.walk(directory)) {
      return all
          .filter(Files::isRegularFile)
          .filter(file -> !file.endsWith("people.yaml"))
          .map(MaskingTest::read)
          .toList()
          .stream();
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
