package io.initload.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.initload.config.Chunking.Strategy;
import io.initload.config.Control.Part;
import io.initload.config.TableConfig;
import io.initload.plan.TotalsQuery;
import io.initload.plan.TotalsQuery.Group;
import io.initload.plan.TotalsQuery.Row;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Sums that a database makes, against those of the rows that were written. */
abstract class TotalsSuite extends ChoiceSuite {
  @Test
  void sumsAreThoseOfTheRows() {
    Row all = totals(List.of(), "amount", true).get(0);
    List<BigDecimal> amounts = written.stream().map(row -> new BigDecimal(row.get(1))).toList();
    BigDecimal sum = amounts.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    BigDecimal magnitude =
        amounts.stream().map(BigDecimal::abs).reduce(BigDecimal.ZERO, BigDecimal::add);
    assertThat(all.rows()).isEqualTo(ROWS);
    assertThat(all.values()).isEqualTo(ROWS);
    assertThat(all.sum().orElseThrow()).isEqualByComparingTo(sum);
    assertThat(all.magnitude().orElseThrow()).isEqualByComparingTo(magnitude);
    assertThat(new BigDecimal(all.min()))
        .isEqualByComparingTo(amounts.stream().min(BigDecimal::compareTo).orElseThrow());
    assertThat(new BigDecimal(all.max()))
        .isEqualByComparingTo(amounts.stream().max(BigDecimal::compareTo).orElseThrow());
  }

  @Test
  void theFirstAndTheLastMomentAreThoseOfTheRows() {
    TotalsQuery query = new TotalsQuery(List.of(), Optional.of(spelled("made")), false, true);
    try (SourceDatabase database = SourceDatabase.open(config())) {
      Row all =
          database
              .totals(config(spelled("initload_suite")), query, database.snapshot())
              .orElseThrow()
              .get(0);
      List<LocalDateTime> made =
          written.stream()
              .map(row -> LocalDateTime.ofInstant(Instant.parse(row.get(2)), ZoneOffset.UTC))
              .sorted()
              .toList();
      assertThat(moment(all.min())).isEqualTo(made.get(0));
      assertThat(moment(all.max())).isEqualTo(made.get(made.size() - 1));
    }
  }

  private static LocalDateTime moment(String text) {
    return LocalDateTime.parse(text.replace("Z", ""));
  }

  @Test
  void whatIsNullCountsAsARowAndNoValue() {
    Row all = totals(List.of(), "note", false).get(0);
    assertThat(all.rows()).isEqualTo(ROWS);
    assertThat(all.values())
        .isEqualTo(written.stream().filter(row -> !row.get(3).equals("-")).count());
  }

  @Test
  void groupsAreThoseOfTheRows() {
    Map<String, Long> wanted =
        written.stream()
            .collect(
                Collectors.groupingBy(
                    row -> row.get(2).substring(0, 4) + " " + month(row.get(2)),
                    Collectors.counting()));
    List<Group> by =
        List.of(
            new Group(spelled("made"), Part.YEAR, Optional.empty()),
            new Group(spelled("made"), Part.MONTH, Optional.empty()));
    assertThat(counts(totals(by, "", false))).isEqualTo(wanted);
    Map<String, Long> notes =
        written.stream()
            .collect(
                Collectors.groupingBy(
                    row -> row.get(3).equals("-") ? "" : row.get(3), Collectors.counting()));
    List<Group> byNote = List.of(new Group(spelled("note"), Part.VALUE, Optional.empty()));
    assertThat(counts(totals(byNote, "", false))).isEqualTo(notes);
  }

  /** The year of a time of Auckland is that of the moment in UTC, which may be the one before. */
  @Test
  void timesOfAZoneAreMomentsWhereTheDatabaseCanSayIt() {
    ZoneId zone = ZoneId.of("Pacific/Auckland");
    Map<String, Long> wanted =
        written.stream()
            .collect(
                Collectors.groupingBy(
                    row ->
                        String.valueOf(
                            Instant.parse(row.get(2))
                                .atOffset(ZoneOffset.UTC)
                                .toLocalDateTime()
                                .atZone(zone)
                                .withZoneSameInstant(ZoneOffset.UTC)
                                .getYear()),
                    Collectors.counting()));
    List<Group> by = List.of(new Group(spelled("made"), Part.YEAR, Optional.of(zone)));
    try (SourceDatabase database = SourceDatabase.open(config())) {
      Optional<List<Row>> rows =
          database.totals(
              config(spelled("initload_suite")), query(by, "", false), database.snapshot());
      assertThat(rows.isPresent()).isEqualTo(!database.dialect().equals("h2"));
      rows.ifPresent(of -> assertThat(counts(of)).isEqualTo(wanted));
    }
  }

  private List<Row> totals(List<Group> by, String of, boolean arithmetic) {
    try (SourceDatabase database = SourceDatabase.open(config())) {
      return database
          .totals(config(spelled("initload_suite")), query(by, of, arithmetic), database.snapshot())
          .orElseThrow();
    }
  }

  private TotalsQuery query(List<Group> by, String of, boolean arithmetic) {
    Optional<String> column = of.isEmpty() ? Optional.empty() : Optional.of(spelled(of));
    return new TotalsQuery(by, column, arithmetic, arithmetic);
  }

  private TableConfig config(String table) {
    return H2Tables.table(table, Strategy.AUTO, 1_000, spelled("id"));
  }

  private static String month(String at) {
    return String.valueOf(Integer.parseInt(at.substring(5, 7)));
  }

  private static Map<String, Long> counts(List<Row> rows) {
    return rows.stream().collect(Collectors.toMap(row -> String.join(" ", row.group()), Row::rows));
  }
}
