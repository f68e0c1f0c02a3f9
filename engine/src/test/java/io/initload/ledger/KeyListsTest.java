package io.initload.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.initload.config.LedgerConfig;
import io.initload.ledger.database.LedgerDatabase;
import io.initload.ledger.keys.KeyListBook;
import io.initload.source.PostgresServer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Lists of keys are whole or unseen, on both databases alike. */
@ParameterizedClass
@EnumSource(Books.Kind.class)
@ExtendWith(PostgresServer.Provider.class)
@Tag("system")
final class KeyListsTest {
  @Parameter Books.Kind kind;
  @TempDir Path directory;
  private LedgerDatabase database;
  private KeyListBook lists;

  @BeforeEach
  void open(PostgresServer server) {
    LedgerConfig config = kind.config(directory, server);
    database = LedgerDatabase.open(config);
    lists = new KeyListBook(database, "history", new HandClock(Instant.EPOCH));
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void aListIsSeenWhenItIsWholeAndThenInThePlaceOfTheOneBefore() {
    long first = lists.begin("SALES", "Sale__c");
    lists.add(first, List.of(List.of("a", "001"), List.of("b", "002")));
    assertThat(seen()).isEmpty();
    assertThat(lists.end(first, "SALES", 2, 2)).isTrue();
    assertThat(seen()).isEqualTo(Map.of("a", "001", "b", "002"));

    long second = lists.begin("SALES", "Sale__c");
    lists.add(second, List.of(List.of("c", "003")));
    assertThat(seen()).isEqualTo(Map.of("a", "001", "b", "002"));
    assertThat(lists.end(second, "SALES", 1, 1)).isTrue();
    assertThat(seen()).isEqualTo(Map.of("c", "003"));
    assertThat(rows()).isEqualTo(1);
  }

  @Test
  void whatWasCutOffIsNeverSeenAndClearedAwayByTheNext() {
    long cutOff = lists.begin("SALES", "Sale__c");
    lists.add(cutOff, IntStream.range(0, 25_000).mapToObj(i -> List.of("k" + i, "r" + i)).toList());
    long whole = lists.begin("SALES", "Sale__c");
    lists.add(whole, List.of(List.of("a", "001")));
    assertThat(lists.end(whole, "SALES", 1, 1)).isTrue();
    assertThat(seen()).isEqualTo(Map.of("a", "001"));
    assertThat(rows()).isEqualTo(1);
    // Whoever wrote it finds that it is gone.
    assertThat(lists.end(cutOff, "SALES", 25_000, 25_000)).isFalse();
    assertThat(seen()).isEqualTo(Map.of("a", "001"));
  }

  @Test
  void tablesHaveListsOfTheirOwn() {
    long sales = lists.begin("SALES", "Sale__c");
    lists.add(sales, List.of(List.of("a", "001")));
    long others = lists.begin("OTHER", "Other__c");
    lists.add(others, List.of(List.of("b", "002")));
    assertThat(lists.end(others, "OTHER", 1, 1)).isTrue();
    assertThat(lists.end(sales, "SALES", 1, 1)).isTrue();
    assertThat(seen()).isEqualTo(Map.of("a", "001", "b", "002"));
  }

  private Map<String, String> seen() {
    return database
        .read(
            h ->
                h.select(
                        "SELECT external_id, record_id FROM record_key WHERE migration = 'history'")
                    .map((r, c) -> Map.entry(r.getString(1), r.getString(2)))
                    .list())
        .stream()
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private long rows() {
    return database.read(h -> h.select("SELECT COUNT(*) FROM listed_key").mapTo(Long.class).one());
  }
}
