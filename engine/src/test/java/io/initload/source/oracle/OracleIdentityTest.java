package io.initload.source.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import io.initload.plan.SourceIdentity;
import io.initload.source.SourceDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How an Oracle is known again (docs/reference/oracle.md, "Identity"). */
class OracleIdentityTest {
  private static final String NUMBERED =
      "CREATE OR REPLACE VIEW V$DATABASE AS SELECT NEXT VALUE FOR SCN CURRENT_SCN, %d DBID, %d"
          + " CON_DBID";

  @Test
  void theNumbersDecideWhereTheyMayBeAsked() {
    SourceIdentity first = identity(NUMBERED.formatted(1514, 2081));
    assertThat(first.kind()).isEqualTo("oracle");
    assertThat(first.id()).isEqualTo("1514/2081");
    assertThat(first.name()).isEqualTo("ORCL/PDB1");
    assertThat(first.sameAs(identity(NUMBERED.formatted(1514, 2081)))).isTrue();
    assertThat(first.sameAs(identity(NUMBERED.formatted(1514, 2082))))
        .as("another container of the same database")
        .isFalse();
    assertThat(first.sameAs(identity(NUMBERED.formatted(9, 2081)))).isFalse();
  }

  /** No such view, no privilege, and one of before 12.1, which has no such column. */
  @ParameterizedTest
  @ValueSource(ints = {942, 1031, 41900, 904})
  void elseTheNamesThatAnybodyMayAsk(int refusal) {
    SourceIdentity unnumbered = refused(refusal);
    assertThat(unnumbered.id()).isEmpty();
    assertThat(unnumbered.name()).isEqualTo("ORCL/PDB1");
    assertThat(unnumbered.sameAs(identity(NUMBERED.formatted(1514, 2081)))).isTrue();
    assertThat(unnumbered.sameAs(new SourceIdentity("oracle", "", "ORCL/PDB2"))).isFalse();
  }

  private static SourceIdentity identity(String view) {
    try (OracleStandIn oracle = new OracleStandIn(view);
        SourceDatabase database = SourceDatabase.open(oracle.config())) {
      return database.identity();
    }
  }

  private static SourceIdentity refused(int code) {
    try (OracleStandIn oracle = new OracleStandIn();
        SourceDatabase database = SourceDatabase.open(oracle.config())) {
      oracle.faults(sql -> sql.contains("DBID") ? code : 0);
      return database.identity();
    }
  }
}
