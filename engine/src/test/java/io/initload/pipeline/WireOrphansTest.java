package io.initload.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.initload.mapping.Finding;
import io.initload.mapping.Finding.Severity;
import io.initload.source.WireOracle;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Parents of rows that lie in files outside the database, where the others have a snapshot. */
@ExtendWith(WireOracle.Provider.class)
@Tag("system")
class WireOrphansTest {
  @TempDir private Path directory;

  private final WireOracle.User reader;

  WireOrphansTest(WireOracle oracle) {
    this.reader = oracle.user("SELECT ON SYS.V_$DATABASE");
  }

  /** The rows are read as they are now, and the keys would be. */
  @Test
  void rowsWithoutASnapshotAreNotHeldAgainstKeysOfOne() throws Exception {
    reader.run(
        "CREATE TABLE CUSTOMERS (ID VARCHAR2(9) PRIMARY KEY, NAME VARCHAR2(40))",
        "CREATE TABLE PEOPLE (ID NUMBER(9), NAME VARCHAR2(40), CUSTOMER VARCHAR2(9), BOSS"
            + " NUMBER(9)) ORGANIZATION EXTERNAL (TYPE ORACLE_LOADER DEFAULT DIRECTORY load_dir"
            + " ACCESS PARAMETERS (RECORDS DELIMITED BY NEWLINE) LOCATION ('people.csv'))");
    String example =
        MappingPage.example("Rows whose parents are not there")
            .replace("    BOSS: ReportsTo.External_ID__c\n", "")
            .replace("    ReportsTo.External_ID__c: \"null\"\n", "");
    try (LocalMigration migration =
        new LocalMigration(directory, reader.config(), MappingPage.tables(directory, example))) {
      assertThat(migration.preflight())
          .filteredOn(finding -> finding.code().equals("ORPHANS_UNTOLD"))
          .extracting(Finding::severity, Finding::message)
          .containsExactly(
              tuple(
                  Severity.ERROR,
                  "The database cannot tell whether the parents that Account.External_ID__c names"
                      + " are there: its rows lie outside the database and are read as they are"
                      + " now, and so would be the keys of CUSTOMERS."));
    }
  }
}
