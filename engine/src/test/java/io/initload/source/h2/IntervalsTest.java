package io.initload.source.h2;

import static org.assertj.core.api.Assertions.assertThat;

import io.initload.config.SourceName;
import io.initload.mapping.ColumnRead;
import io.initload.mapping.Rendering;
import io.initload.plan.ChunkBounds;
import io.initload.plan.Snapshot;
import io.initload.source.H2Tables;
import io.initload.source.SourceDatabase;
import io.initload.source.SourceRows;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Intervals have one text, whatever the database. */
class IntervalsTest {
  private static final SourceName TABLE = new SourceName("", "T");

  @Test
  void theyAreDurationsOfIso8601() {
    try (H2Tables tables =
            new H2Tables(
                "CREATE TABLE T (ID NUMBER(9) PRIMARY KEY, YM INTERVAL YEAR TO MONTH, DS INTERVAL"
                    + " DAY TO SECOND(9), H INTERVAL HOUR, MS INTERVAL MINUTE TO SECOND)",
                "INSERT INTO T VALUES (1, INTERVAL '1-2' YEAR TO MONTH, INTERVAL '3 04:05:06.7' DAY"
                    + " TO SECOND, INTERVAL '36' HOUR, INTERVAL '10:20.5' MINUTE TO SECOND)",
                "INSERT INTO T VALUES (2, INTERVAL '-0-3' YEAR TO MONTH, INTERVAL '-1 00:00:10' DAY"
                    + " TO SECOND, INTERVAL '0' HOUR, NULL)");
        SourceDatabase database = SourceDatabase.open(tables.config())) {
      List<ColumnRead> reads =
          database.shape(TABLE).columns().stream()
              .map(column -> new ColumnRead(column.name(), Rendering.TEXT))
              .toList();
      assertThat(
              SourceRows.rows(
                  database.read(
                      TABLE,
                      new ChunkBounds.Whole(),
                      Snapshot.UNMARKED,
                      reads,
                      ZoneOffset.UTC,
                      "test"),
                  reads.size()))
          .containsExactly(
              List.of("1", "P1Y2M", "P3DT4H5M6.7S", "PT36H", "PT10M20.5S"),
              List.of("2", "P-3M", "P-1DT-10S", "PT0S", "-"));
    }
  }
}
