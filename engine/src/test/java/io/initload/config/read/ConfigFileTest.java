package io.initload.config.read;

import static io.initload.config.read.ConfigFixtures.ENVIRONMENT;
import static io.initload.config.read.ConfigFixtures.EXPRESSIONS;
import static io.initload.config.read.ConfigFixtures.parse;
import static io.initload.config.read.ConfigFixtures.replaced;
import static io.initload.config.read.ConfigFixtures.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.initload.config.Affinity;
import io.initload.config.AuthConfig;
import io.initload.config.Chunking;
import io.initload.config.DataSize;
import io.initload.config.FieldMapping;
import io.initload.config.FieldMapping.Column;
import io.initload.config.FieldMapping.Composite;
import io.initload.config.FieldMapping.Constant;
import io.initload.config.FieldMapping.MultiSelect;
import io.initload.config.Hierarchy;
import io.initload.config.Hours;
import io.initload.config.LedgerConfig;
import io.initload.config.MigrationConfig;
import io.initload.config.OrphanPolicy;
import io.initload.config.ReconcileConfig;
import io.initload.config.Secret;
import io.initload.config.SourceConfig;
import io.initload.config.SourceName;
import io.initload.config.StagingConfig;
import io.initload.config.TableConfig;
import io.initload.config.TableConfig.ErrorLimit;
import io.initload.config.TableConfig.Nulls;
import io.initload.config.TargetConfig;
import io.initload.config.TargetConfig.Compression;
import io.initload.config.TargetConfig.Http;
import io.initload.config.TargetConfig.Poll;
import io.initload.config.ValuePolicy;
import io.initload.config.rows.Computed;
import io.initload.source.Dialects;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

class ConfigFileTest {
  @Test
  void aMinimalFileHasTheDocumentedDefaults() {
    assertThat(parse(text("minimal.yaml")))
        .isEqualTo(
            new MigrationConfig(
                "crm",
                new SourceConfig(
                    "jdbc:h2:./crm",
                    "",
                    Secret.NONE,
                    Optional.empty(),
                    4,
                    8,
                    DataSize.megabytes(4),
                    SourceConfig.READ_TIMEOUT,
                    SourceConfig.PLAN_TIMEOUT,
                    Hours.ALWAYS,
                    SourceConfig.Consistency.SNAPSHOT),
                new TargetConfig(
                    URI.create("https://login.salesforce.com"),
                    "acme.my.salesforce.com",
                    new AuthConfig.ClientCredentials("app", new Secret("tiger-sf")),
                    Optional.empty(),
                    15,
                    150_000_000,
                    15_000,
                    5,
                    Hours.ALWAYS,
                    Compression.AUTO,
                    Http.DEFAULT,
                    Poll.DEFAULT),
                new StagingConfig(
                    Path.of("data/staging"),
                    DataSize.gigabytes(50),
                    250_000,
                    DataSize.megabytes(95)),
                new LedgerConfig("jdbc:sqlite:data/ledger.db", "", Secret.NONE),
                new ReconcileConfig(ReconcileConfig.Level.SAMPLE, 1_000),
                List.of("all"),
                List.of(
                    new TableConfig(
                        "CUSTOMERS",
                        new SourceName("", "CUSTOMERS"),
                        "Account",
                        "all",
                        "Ext__c",
                        List.of(new FieldMapping("Ext__c", new Column("ID"))),
                        new Chunking(Chunking.Strategy.AUTO, 1_000_000, 8),
                        15,
                        5,
                        new ErrorLimit(Long.MAX_VALUE, 50),
                        Nulls.IGNORE,
                        ZoneId.of("UTC"),
                        false,
                        Map.of(),
                        Hierarchy.DEFAULT,
                        List.of()))));
  }

  @Test
  void everySettingCanBeChanged() {
    MigrationConfig config = parse(text("full.yaml"));

    assertThat(config.name()).isEqualTo("crm-history");
    assertThat(config.source())
        .isEqualTo(
            new SourceConfig(
                "jdbc:oracle:thin:@//db.example.com:1521/CRM",
                "INITLOAD",
                new Secret("tiger-0racle"),
                Optional.of(Path.of("drivers/ojdbc8.jar")),
                6,
                16,
                new DataSize(8 << 20),
                SourceConfig.READ_TIMEOUT,
                SourceConfig.PLAN_TIMEOUT,
                Hours.ALWAYS,
                SourceConfig.Consistency.FROZEN));
    assertThat(config.target())
        .isEqualTo(
            new TargetConfig(
                URI.create("https://test.salesforce.com"),
                "acme--uat.sandbox.my.salesforce.com:8443",
                new AuthConfig.JwtBearer(
                    "3MVG9.app",
                    "loader@acme.com",
                    Path.of("keys/loader.pem"),
                    "https://audience.example.com"),
                Optional.of("61.0"),
                10,
                100_000_000,
                12_000,
                3,
                Hours.ALWAYS,
                Compression.GZIP,
                new Http(
                    Duration.ofSeconds(5),
                    Duration.ofMinutes(2),
                    4,
                    Duration.ofMillis(500),
                    Duration.ofSeconds(30)),
                new Poll(Duration.ofSeconds(2), Duration.ofSeconds(45), Duration.ofMinutes(3))));
    assertThat(config.staging())
        .isEqualTo(
            new StagingConfig(
                Path.of("/mnt/nvme/staging"),
                DataSize.gigabytes(200),
                200_000,
                DataSize.megabytes(90)));
    assertThat(config.ledger())
        .isEqualTo(
            new LedgerConfig(
                "jdbc:postgresql://ledger.example.com/initload",
                "books",
                new Secret("tiger-ledger"),
                Duration.ofSeconds(20)));
    assertThat(config.reconcile()).isEqualTo(ConfigFixtures.RECONCILE);
    assertThat(config.phases()).containsExactly("reference", "sales");
    assertThat(config.tables())
        .containsExactly(
            new TableConfig(
                "customers",
                new SourceName("SALES", "CUSTOMERS"),
                "Account",
                "reference",
                "External_ID__c",
                List.of(
                    new FieldMapping("External_ID__c", new Column("CUST_ID")),
                    new FieldMapping("Name", new Column("CUST_LAST_NAME")),
                    new FieldMapping("Legacy_Name__c", new Column("CUST_LAST_NAME")),
                    new FieldMapping("Country__r.External_ID__c", new Column("COUNTRY_ID")),
                    new FieldMapping("Source__c", new Constant("CRM")),
                    new FieldMapping("Migrated__c", new Constant("true")),
                    new FieldMapping("Version__c", new Constant("7"))),
                new Chunking(Chunking.Strategy.ROWNUM, 100_000, 4),
                1,
                3,
                new ErrorLimit(1_000, 100),
                Nulls.CLEAR,
                ZoneId.of("America/New_York"),
                true,
                Map.of(
                    "CUST_LAST_NAME",
                    new ValuePolicy(
                        ValuePolicy.Controls.SPACE,
                        ValuePolicy.TooLong.TRUNCATE,
                        ValuePolicy.Dates.CLAMP,
                        ValuePolicy.Padding.KEEP,
                        ValuePolicy.Bytes.BASE64,
                        Optional.of(ZoneId.of("Europe/Vienna")),
                        ValuePolicy.NullText.REJECT)),
                Hierarchy.DEFAULT,
                List.of()),
            new TableConfig(
                "Sales.\"JOB.HISTORY\"",
                new SourceName("Sales", "JOB.HISTORY")
                    .where("STATE = 'it''s (done' AND (AGE > 1 OR \"a)b\" IS NULL)")
                    .computing(
                        List.of(new Computed("sql.Full_Name__c", "FIRST_NAME || ' ' || \"Last\""))),
                "Job_History__c",
                "sales",
                "Key__c",
                List.of(
                    new FieldMapping(
                        "Key__c", new Composite(List.of("EMPLOYEE_ID", "START_DATE"), "~")),
                    new FieldMapping("Full_Name__c", new Column("sql.Full_Name__c"))),
                new Chunking(Chunking.Strategy.AUTO, 1_000_000, 16),
                10,
                5,
                new ErrorLimit(Long.MAX_VALUE, 2.5),
                Nulls.IGNORE,
                ZoneId.of("Europe/Vienna"),
                true,
                Map.of("sql.Full_Name__c", tooLong(ValuePolicy.TooLong.TRUNCATE)),
                Hierarchy.DEFAULT,
                List.of()),
            new TableConfig(
                "open-orders",
                SourceName.ofQuery(
                    "open-orders",
                    "SELECT o.ORDER_ID, c.NAME || '\n' AS \"Label\" FROM SALES.ORDERS o JOIN"
                        + " SALES.CUSTOMERS c ON c.CUST_ID = o.CUST_ID"),
                "Order__c",
                "sales",
                "Order_Key__c",
                List.of(
                    new FieldMapping("Order_Key__c", new Column("ORDER_ID")),
                    new FieldMapping("Account__r.External_ID__c", new Column("CUST_ID")),
                    new FieldMapping("User:Owner.FederationIdentifier", new Constant("f-1")),
                    new FieldMapping("Segments__c", new MultiSelect(List.of("SEG_1", "SEG_2"))),
                    EXPRESSIONS.get(0),
                    EXPRESSIONS.get(1)),
                new Chunking(Chunking.Strategy.KEY, 1_000_000, 16, Affinity.AUTO, "ORDER_ID"),
                10,
                5,
                new ErrorLimit(Long.MAX_VALUE, 50),
                Nulls.IGNORE,
                ZoneId.of("Europe/Vienna"),
                true,
                Map.of("expressions.Title__c", tooLong(ValuePolicy.TooLong.REJECT)),
                new Hierarchy(
                    Hierarchy.Writing.ONCE,
                    6,
                    Map.of("Account__r.External_ID__c", OrphanPolicy.REJECT),
                    Map.of("User:Owner.FederationIdentifier", "archive")),
                List.of(ConfigFixtures.CONTROL)));
  }

  @Test
  void oneSourceFillsOneObjectTwiceUnderTwoConditions() {
    String twice =
        """
          name: customers
          where: A = 1
        - source: SALES.CUSTOMERS
          where: A = 2
          name: others
          object: Account
          phase: sales
          externalId: A__c
          columns: {A: A__c}\
        """
            .indent(2)
            .stripTrailing();
    MigrationConfig config = parse(replaced(text("full.yaml"), "    name: customers", twice));
    assertThat(config.tables()).extracting(t -> t.source().where()).startsWith("A = 1", "A = 2");
  }

  @TestFactory
  List<DynamicTest> faultsAreNamedWithTheirLine() {
    List<DynamicTest> tests = new ArrayList<>();
    for (JsonNode fault : ConfigFixtures.json(text("faults.yaml"))) {
      String yaml =
          replaced(
              text("full.yaml"), fault.get("replace").textValue(), fault.get("with").textValue());
      List<String> expected =
          StreamSupport.stream(fault.get("faults").spliterator(), false)
              .map(f -> "m.yaml:" + f.textValue())
              .toList();
      tests.add(
          DynamicTest.dynamicTest(
              fault.get("case").textValue(),
              () -> {
                String message = String.valueOf(failure(yaml).getMessage());
                assertThat(message.lines()).containsExactlyElementsOf(expected);
                assertThat(message).doesNotContain("tiger");
              }));
    }
    return tests;
  }

  @TestFactory
  List<DynamicTest> malformedTextsGiveOneClearMessage() {
    List<DynamicTest> tests = new ArrayList<>();
    for (JsonNode malformed : ConfigFixtures.json(text("malformed.yaml"))) {
      String yaml = malformed.get("text").textValue();
      tests.add(
          DynamicTest.dynamicTest(
              "text " + (tests.size() + 1),
              () -> {
                ConfigException failure = failure(yaml);
                assertThat(String.valueOf(failure.getMessage()).lines().findFirst().orElseThrow())
                    .startsWith("m.yaml:")
                    .contains(malformed.get("says").textValue())
                    .doesNotContain("s3cret");
                assertThat(failure.kind().exitCode()).isEqualTo(1);
              }));
    }
    return tests;
  }

  @Test
  void variablesAreReplacedInAnyValueAndNeedNoQuotesBetweenBraces() {
    MigrationConfig config = parse(text("architecture.yaml"));
    assertThat(config.target().auth())
        .isEqualTo(
            new AuthConfig.JwtBearer(
                "3MVG9.app",
                "loader@acme.com",
                Path.of("/etc/initload/key.pem"),
                "https://login.salesforce.com"));

    String jobs =
        replaced(text("full.yaml"), "maxConcurrentJobs: 10", "maxConcurrentJobs: ${JOBS}");
    assertThat(parse(jobs).target().maxConcurrentJobs()).isEqualTo(7);

    String mixed = replaced(text("full.yaml"), "user: INITLOAD", "user: SYS$A_${JOBS}_$${JOBS}");
    assertThat(parse(mixed).source().user()).isEqualTo("SYS$A_7_${JOBS}");

    String empty = replaced(text("full.yaml"), "user: INITLOAD", "user: ${EMPTY}");
    assertThat(failure(empty).problems())
        .containsExactly(new ConfigException.Problem(4, "source.user", "must not be empty"));
  }

  @Test
  void secretsAreMaskedWhereverTheConfigurationIsPrinted() {
    assertThat(parse(text("full.yaml")).toString() + parse(text("minimal.yaml")))
        .contains("******")
        .doesNotContain("tiger");
  }

  @Test
  void anUnreadableFileSaysWhereItWasLookedFor(@TempDir Path directory) throws IOException {
    Path missing = directory.resolve("migration.yaml");
    assertThatThrownBy(() -> ConfigFile.read(missing, ENVIRONMENT, Dialects.ALL))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(missing + ": there is no such file (working directory: /");
    assertThatThrownBy(() -> ConfigFile.read(directory, ENVIRONMENT, Dialects.ALL))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(directory + ": is a directory");

    Path latin = directory.resolve("latin.yaml");
    Files.write(latin, new byte[] {'a', ':', '\n', 'b', ':', ' ', (byte) 0xE9, '\n'});
    assertThatThrownBy(() -> ConfigFile.read(latin, ENVIRONMENT, Dialects.ALL))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(latin + ":2: the file is not UTF-8 from here on");

    Path marked = Files.writeString(directory.resolve("bom.yaml"), "\uFEFF" + text("minimal.yaml"));
    assertThat(ConfigFile.read(marked, ENVIRONMENT, Dialects.ALL).name()).isEqualTo("crm");
  }

  private static ConfigException failure(String yaml) {
    return catchThrowableOfType(ConfigException.class, () -> parse(yaml));
  }

  private static ValuePolicy tooLong(ValuePolicy.TooLong policy) {
    ValuePolicy none = ValuePolicy.NONE;
    return new ValuePolicy(
        none.controls(),
        policy,
        none.dates(),
        none.padding(),
        none.bytes(),
        none.zone(),
        none.nullText());
  }
}
