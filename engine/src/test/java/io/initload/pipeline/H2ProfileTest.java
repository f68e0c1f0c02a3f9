package io.initload.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.initload.config.SourceConfig;
import io.initload.config.TableConfigs;
import io.initload.evidence.rows.DataFinding;
import io.initload.evidence.rows.TableProfile;
import io.initload.source.H2Tables;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("system")
class H2ProfileTest extends ProfileSuite {
  private final H2Tables tables = new H2Tables();

  @Override
  protected SourceConfig filled(List<String> statements) {
    tables.run(statements.toArray(String[]::new));
    return tables.config();
  }

  @AfterEach
  void close() {
    tables.close();
  }

  /** Ten thousand are no crowd yet. */
  @Test
  void parentsOfVeryManyRowsAreNamed() throws Exception {
    SourceConfig source =
        filled(
            List.of(
                DirtyRows.CUSTOMERS,
                DirtyRows.SALES,
                DirtyRows.insert(DirtyRows.customer("many")),
                DirtyRows.insert(DirtyRows.customer("fewer")),
                "INSERT INTO \"sales\" SELECT X, 'many', 1 FROM SYSTEM_RANGE(1, 10001)",
                "INSERT INTO \"sales\" SELECT 20000 + X, 'fewer', 1 FROM SYSTEM_RANGE(1, 10000)"));
    try (LocalMigration migration =
        new LocalMigration(directory, source, DirtyRows.customers(), DirtyRows.sales())) {
      TableProfile sales = migration.data(0).tables().get(1);
      assertThat(sales.findings())
          .extracting(DataFinding::code, DataFinding::rows, DataFinding::lost)
          .containsExactly(tuple("DATA_PARENT_SKEW", 10_001L, 0L));
      assertThat(sales.findings().get(0).examples()).containsExactly("many");
    }
  }

  @Test
  void rowsThatAreTooLongAsAWholeAreNamed() throws Exception {
    tables.run(
        "CREATE TABLE NOTES (ID VARCHAR(20) PRIMARY KEY, NAME VARCHAR(20), A CLOB, B CLOB)",
        "INSERT INTO NOTES VALUES ('long', 'N', REPEAT('x', 200000), REPEAT('y', 200000))",
        "INSERT INTO NOTES VALUES ('short', 'N', REPEAT('x', 100), REPEAT('y', 100))");
    try (LocalMigration migration =
        new LocalMigration(
            directory,
            tables.config(),
            TableConfigs.of("NOTES")
                .field("ID", "External_ID__c")
                .field("NAME", "Name")
                .field("A", "Description")
                .field("B", "BillingStreet")
                .build())) {
      TableProfile notes = migration.data(0).tables().get(0);
      DataFinding wide =
          notes.findings().stream()
              .filter(finding -> finding.code().equals("DATA_ROW_TOO_LONG"))
              .findFirst()
              .orElseThrow();
      assertThat(wide.rows()).isEqualTo(1);
      assertThat(wide.examples()).containsExactly("long");
      assertThat(notes.quarantined()).isEqualTo(1);
      assertThat(notes.deadLetters()).as("it is held back and never sent").isZero();
    }
  }

  /** A sample is told to be one, and says nothing of what only all rows tell. */
  @Test
  void aSampleIsMarked() throws Exception {
    tables.run(
        "CREATE TABLE MANY (ID VARCHAR(20) PRIMARY KEY, NAME VARCHAR(300))",
        "INSERT INTO MANY SELECT 'k' || X, CASE WHEN MOD(X, 2) = 0 THEN REPEAT('n', 256) ELSE 'n'"
            + " END FROM SYSTEM_RANGE(1, 20000)");
    try (LocalMigration migration =
        new LocalMigration(
            directory,
            tables.config(),
            TableConfigs.of("MANY").field("ID", "External_ID__c").field("NAME", "Name").build())) {
      TableProfile part = migration.data(2_000).tables().get(0);
      assertThat(part.sampled()).isTrue();
      assertThat(part.rows()).isBetween(1_000L, 4_000L);
      assertThat(part.of()).isEqualTo(20_000);
      assertThat(part.lostOfAll()).isBetween(8_000L, 12_000L);
      assertThat(part.findings().get(0).message()).contains("sampled rows");
      assertThat(part.unseen()).anyMatch(one -> one.contains("whether external ids repeat"));
      TableProfile all = migration.data(20_000).tables().get(0);
      assertThat(all.sampled()).isFalse();
      assertThat(all.deadLetters()).isEqualTo(10_000);
    }
  }
}
