package io.initload.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.initload.config.SourceConfig;
import io.initload.config.TableConfigs;
import io.initload.evidence.rows.TableProfile;
import io.initload.source.WireOracle;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(WireOracle.Provider.class)
@Tag("system")
class WireProfileTest extends ProfileSuite {
  private final WireOracle oracle;

  WireProfileTest(WireOracle oracle) {
    this.oracle = oracle;
  }

  @Override
  protected SourceConfig filled(List<String> statements) {
    WireOracle.User user = oracle.user("SELECT ON SYS.V_$DATABASE");
    user.run(statements.toArray(String[]::new));
    return user.config();
  }

  /** Oracle takes a LONG in no expression and no condition. */
  @Test
  void whatCanOnlyBeReadIsNotAskedAbout() throws Exception {
    SourceConfig source =
        filled(
            List.of(
                "CREATE TABLE \"letters\" (\"id\" VARCHAR(20), \"name\" VARCHAR(20), \"body\""
                    + " LONG)",
                "INSERT INTO \"letters\" VALUES ('a', 'n', NULL)"));
    try (LocalMigration migration =
        new LocalMigration(
            directory,
            source,
            TableConfigs.of("letters")
                .field("id", "External_ID__c")
                .field("name", "Name")
                .field("body", "Description")
                .build())) {
      TableProfile letters = migration.data(0).tables().get(0);
      assertThat(letters.rows()).isEqualTo(1);
      assertThat(letters.findings()).isEmpty();
      assertThat(letters.unseen())
          .containsExactly(
              "Description: its values become known when rows are read, and not before");
    }
  }
}
