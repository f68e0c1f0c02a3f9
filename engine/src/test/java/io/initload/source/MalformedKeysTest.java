package io.initload.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.initload.config.Chunking.Strategy;
import io.initload.config.SourceName;
import io.initload.mapping.ColumnRead;
import io.initload.mapping.Rendering;
import io.initload.plan.ChunkBounds;
import io.initload.plan.ChunkPlan;
import io.initload.plan.PlannedChunk;
import io.initload.plan.Snapshot;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Keys of which a driver cannot read all the letters. */
class MalformedKeysTest {
  /** The database orders them by letters that nobody sees, so that ranges could overlap. */
  @Test
  void theyBoundNoRange() {
    try (H2Tables tables =
            new H2Tables(
                "CREATE TABLE T (ID VARCHAR(20) PRIMARY KEY)",
                "INSERT INTO T SELECT CASE WHEN MOD(X, 50) = 1 THEN 'k' || (1000 + X) || '\ufffd'"
                    + " ELSE 'k' || (1000 + X) END FROM SYSTEM_RANGE(1, 300)");
        SourceDatabase database = SourceDatabase.open(tables.config())) {
      ChunkPlan plan =
          database.plan(H2Tables.table("T", Strategy.ROWNUM, 75, "ID"), Snapshot.UNMARKED);
      List<String> bounds = new ArrayList<>();
      List<String> read = new ArrayList<>();
      for (PlannedChunk chunk : plan.chunks()) {
        bounds.addAll(((ChunkBounds.KeyRange) chunk.bounds()).low());
        SourceRows.rows(
                database.read(
                    new SourceName("", "T"),
                    chunk.bounds(),
                    Snapshot.UNMARKED,
                    List.of(new ColumnRead("ID", Rendering.TEXT)),
                    ZoneOffset.UTC,
                    "test"),
                1)
            .forEach(row -> read.add(row.get(0)));
      }
      // Of the 76th, the 151st and the 226th row the second is none.
      assertThat(bounds).containsExactly("k1076", "k1226");
      assertThat(read).hasSize(300).doesNotHaveDuplicates();
    }
  }
}
