package io.initload.source.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import io.initload.config.SourceName;
import io.initload.mapping.KeyForm;
import io.initload.mapping.SourceColumn;
import io.initload.plan.Snapshot;
import io.initload.plan.scan.Asked;
import io.initload.plan.scan.Asked.Fate;
import io.initload.plan.scan.RowTest;
import io.initload.source.TableShape;
import io.initload.source.sql.BoundSql;
import io.initload.source.sql.ScanSql;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Statements that look at all rows are Oracle's SQL; what they find is ProfileSuite's. */
class OracleScanTest {
  private static final SourceColumn CODE = column("CODE", "CHAR");
  private static final SourceColumn NAME = column("Mixed Case", "VARCHAR2");
  private static final SourceColumn SIZE = column("SIZE", "NUMBER");
  private static final SourceColumn NOTE = column("NOTE", "CLOB");
  private static final SourceColumn AT = column("AT", "DATE");
  private static final TableShape TABLE =
      new TableShape(
          new SourceName("app", "Order Lines").where("\"SIZE\" > 0"),
          TableShape.Kind.HEAP,
          List.of(CODE, NAME, SIZE, NOTE, AT),
          List.of(),
          -1,
          0);
  private static final List<Asked> ASKED =
      List.of(
          new Asked(new RowTest.Null(SIZE), Fate.LOADED),
          new Asked(new RowTest.NullBeside(SIZE, AT), Fate.REFUSED),
          new Asked(new RowTest.Empty(List.of(CODE, SIZE), false), Fate.HELD),
          new Asked(new RowTest.Empty(List.of(NOTE), true), Fate.REFUSED),
          new Asked(new RowTest.Longer(NAME, 9, true), Fate.REFUSED),
          new Asked(new RowTest.Longer(NOTE, 9, false), Fate.HELD),
          new Asked(new RowTest.Larger(SIZE, 3, 2), Fate.REFUSED),
          new Asked(new RowTest.Finer(SIZE, 0), Fate.LOADED),
          new Asked(
              new RowTest.Outside(AT, LocalDate.of(1700, 1, 1), LocalDate.of(4001, 1, 1)),
              Fate.REFUSED),
          new Asked(new RowTest.Unlisted(NAME, List.of("O'Neil", "b")), Fate.REFUSED),
          new Asked(new RowTest.Controls(NAME), Fate.LOADED),
          new Asked(new RowTest.Wider(List.of(NAME, NOTE), 400_000), Fate.HELD),
          new Asked(new RowTest.Stated("\"SIZE\" IN (1, 2)"), Fate.HELD));

  private final OracleSql sql = new OracleSql(OracleFlavour.ORACLE);

  @Test
  void everyStatementIsOracleSql() {
    List<RowTest> tests = ASKED.stream().map(Asked::test).toList();
    for (double percent : new double[] {100, 0.5}) {
      for (Snapshot snapshot : List.of(Snapshot.scn(81_234_567_890_123L), Snapshot.UNMARKED)) {
        ScanSql scan = sql.scan(TABLE, snapshot, percent, 8);
        Stream.of(
                scan.counts(ASKED),
                scan.counts(List.of()),
                scan.hit(List.of(SIZE, NAME), tests),
                scan.crowds(List.of(NAME, SIZE), KeyForm.IGNORE_CASE, 1, ASKED),
                scan.values(NAME, tests.get(9)),
                scan.largest(List.of(NAME), KeyForm.EXACT, 10_000))
            .map(BoundSql::sql)
            .forEach(s -> assertThat(OracleGrammar.faults(s)).as(s).isEmpty());
      }
    }
  }

  @Test
  void aSampleIsDrawnOfBlocksAtTheSnapshot() {
    assertThat(sql.scan(TABLE, Snapshot.scn(7), 0.5, 0).from())
        .isEqualTo("\"app\".\"Order Lines\" SAMPLE BLOCK (0.5) SEED (42) AS OF SCN 7 t");
    assertThat(sql.scan(TABLE, Snapshot.scn(7), 100, 0).from())
        .isEqualTo("\"app\".\"Order Lines\" AS OF SCN 7 t");
  }

  /** Unknown is not sound: a parent of which nobody knows would be told to arrive. */
  @Test
  void whatIsSoundIsNeverUnknown() {
    String sound =
        sql.scan(TABLE, Snapshot.UNMARKED, 100, 0)
            .sound(List.of(new RowTest.Finer(SIZE, 0)), List.of(), KeyForm.EXACT);
    assertThat(sound)
        .isEqualTo("CASE WHEN (t.\"SIZE\" <> ROUND(t.\"SIZE\", 0)) THEN 1 ELSE 0 END = 0");
  }

  private static SourceColumn column(String name, String type) {
    return OracleTypes.column(name, type, 16, 8, true, 0, SourceColumn.SCALE_ANY, true);
  }
}
