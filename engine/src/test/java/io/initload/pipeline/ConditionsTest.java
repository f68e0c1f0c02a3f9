package io.initload.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.initload.config.SourceName;
import io.initload.config.TableConfig;
import io.initload.config.TableConfigs;
import io.initload.pipeline.prove.Certificate;
import io.initload.source.H2Tables;
import java.nio.file.Path;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables that read some of a source's rows. */
@Tag("system")
class ConditionsTest {
  @TempDir private Path directory;
  private H2Tables source;

  @BeforeEach
  void fill() {
    source =
        new H2Tables(
            "CREATE TABLE \"T\" (\"id\" NUMBER(9) PRIMARY KEY, \"name\" VARCHAR2(40),"
                + " \"old\" NUMBER(1))",
            "INSERT INTO \"T\" SELECT X, 'row ' || X, CASE WHEN MOD(X, 3) = 0 THEN 1 END"
                + " FROM SYSTEM_RANGE(1, 900)");
  }

  @AfterEach
  void close() {
    source.close();
  }

  @Test
  void twoTablesReadOneSourceIntoOneObject() throws Exception {
    try (LocalMigration migration =
        new LocalMigration(
            directory,
            source.config(),
            table("young", "\"old\" IS NULL"),
            table("old", "\"old\" = 1"))) {
      assertThat(migration.run().failures()).isEmpty();

      TreeMap<String, String> wanted = new TreeMap<>();
      IntStream.rangeClosed(1, 900).forEach(i -> wanted.put("" + i, "row " + i));
      assertThat(migration.loaded("Name")).isEqualTo(wanted);

      Certificate certificate = migration.certificate();
      assertThat(certificate.findings()).isEmpty();
      assertThat(certificate.tables())
          .extracting(Certificate.Table::source, Certificate.Table::snapshotRows)
          .containsExactly(tuple("young", 600L), tuple("old", 300L));
      assertThat(certificate.notes())
          .contains(
              "young: of its source, the rows where \"old\" IS NULL.",
              "old: of its source, the rows where \"old\" = 1.");
    }
  }

  private static TableConfig table(String name, String where) {
    return TableConfigs.like(LocalMigration.table(name, 100))
        .source(new SourceName("", "T").where(where))
        .build();
  }
}
