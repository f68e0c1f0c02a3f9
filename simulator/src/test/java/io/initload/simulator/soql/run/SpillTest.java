package io.initload.simulator.soql.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.initload.simulator.soql.FieldKind;
import io.initload.simulator.soql.FieldShape;
import io.initload.simulator.soql.ObjectShape;
import io.initload.simulator.soql.RecordSource.Visibility;
import io.initload.simulator.soql.RecordStream;
import io.initload.simulator.soql.bind.Aggregate;
import io.initload.simulator.soql.bind.Bound;
import io.initload.simulator.soql.bind.BoundQuery;
import io.initload.simulator.soql.bind.Lookup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpillTest {
  private static final long SEED = 42;

  @TempDir Path scratch;

  @Test
  void sortsMoreRowsThanItHolds() throws IOException {
    Random random = new Random(SEED);
    List<String> expected = new ArrayList<>();
    Comparator<@Nullable Object[]> byFirst =
        (a, b) ->
            ((Long) Objects.requireNonNull(a[0])).compareTo((Long) Objects.requireNonNull(b[0]));
    long filesSeen = 0;
    try (RowSorter sorter = new RowSorter(scratch, byFirst, 4_000)) {
      for (int i = 0; i < 5_000; i++) {
        long key = random.nextInt(300);
        sorter.add(new @Nullable Object[] {key, "row " + i, i % 7 == 0 ? null : (double) i});
        expected.add("%05d row %05d".formatted(key, i));
      }
      filesSeen = files();
      List<String> sorted = new ArrayList<>();
      try (RowCursor rows = sorter.sorted()) {
        for (@Nullable Object @Nullable [] row = rows.next(); row != null; row = rows.next()) {
          sorted.add(
              "%05d row %05d"
                  .formatted(
                      (Long) Objects.requireNonNull(row[0]),
                      Integer.parseInt(String.valueOf(row[1]).substring(4))));
        }
      }
      expected.sort(Comparator.naturalOrder());
      assertThat(sorted).as("seed %d: in order, and stable", SEED).isEqualTo(expected);
    }
    assertThat(filesSeen).as("runs were merged on the way").isBetween(1L, 64L);
    assertThat(scratch).isEmptyDirectory();
  }

  @Test
  void everyKindOfValueComesBack() {
    @Nullable Object[] row = {
      null,
      "",
      "é\n\"x",
      5L,
      -0.0,
      true,
      false,
      LocalDate.of(1582, 10, 4),
      Instant.parse("2026-01-02T03:04:05.678Z"),
      LocalTime.of(23, 59, 59, 1_000_000),
      new Aggregate.Mean(3, 1.5)
    };
    List<@Nullable Object[]> rows = new ArrayList<>();
    rows.add(row);
    try (RowCursor back = RowFile.write(scratch, new RowSorter.HeldRows(rows)).read()) {
      assertThat(back.next()).containsExactly(row);
      assertThat(back.next()).isNull();
    }
    assertThat(scratch).isEmptyDirectory();
  }

  @Test
  void abandonedRunsAreDeleted() throws IOException {
    try (RowSorter sorter =
        new RowSorter(scratch, Comparator.comparing(row -> (Long) row[0]), 100)) {
      sorter.add(new @Nullable Object[] {1L});
      sorter.add(new @Nullable Object[] {2L});
      assertThat(files()).isPositive();
    }
    assertThat(files()).isZero();
  }

  @Test
  void groupsMoreThanItHolds() {
    MemoryOrg org = new MemoryOrg();
    Random random = new Random(SEED);
    TreeMap<String, Long> expected = new TreeMap<>();
    for (int i = 0; i < 2_000; i++) {
      String name = "n" + random.nextInt(400);
      expected.merge(name, 1L, Long::sum);
      org.add(
          "Contact",
          MemoryOrg.id("003", i),
          false,
          random.nextBoolean() ? name : name.toUpperCase(java.util.Locale.ROOT),
          null);
    }
    ObjectShape contact = org.object("Contact").orElseThrow();
    FieldShape lastName = contact.field("LastName").orElseThrow();
    Bound key =
        new Bound(
            List.of("LastName"),
            FieldKind.TEXT,
            Set.of(),
            (row, lookup) -> row.value(lastName.index()),
            lastName);
    BoundQuery.Grouping grouping =
        new BoundQuery.Grouping(
            List.of(key),
            List.of(
                new Aggregate(Aggregate.Function.COUNT, key),
                new Aggregate(Aggregate.Function.MAX, key)),
            List.of(0, 1),
            (tuple, lookup) -> (Long) Objects.requireNonNull(tuple.value(1)) > 1);
    TreeMap<String, Long> counts = new TreeMap<>();
    Lookup lookup = new CachedLookup(org, Visibility.LIVE, query -> Set.of());
    try (RecordStream records = org.scan(contact, Visibility.LIVE);
        RowCursor groups = new Grouper(grouping, scratch, 25).group(records, lookup)) {
      for (@Nullable Object @Nullable [] tuple = groups.next();
          tuple != null;
          tuple = groups.next()) {
        assertThat(String.valueOf(tuple[2])).isEqualToIgnoringCase(String.valueOf(tuple[0]));
        counts.put(
            String.valueOf(tuple[0]).toLowerCase(java.util.Locale.ROOT),
            (Long) Objects.requireNonNull(tuple[1]));
      }
    }
    expected.values().removeIf(count -> count <= 1);
    assertThat(counts).as("seed %d", SEED).isEqualTo(expected);
    assertThat(scratch).isEmptyDirectory();
  }

  private long files() throws IOException {
    try (Stream<Path> files = Files.list(scratch)) {
      return files.count();
    }
  }
}
