package io.initload.ledger.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * A ledger below the version is migrated and one above it refused: it must be the newest script.
 */
class LedgerVersionTest {
  private static final Path SCRIPTS = Path.of("src/main/resources/io/initload/ledger/migrations");

  @Test
  void theVersionIsThatOfTheNewestScript() throws IOException {
    try (Stream<Path> files = Files.list(SCRIPTS)) {
      List<Integer> numbers =
          files
              .map(file -> file.getFileName().toString().replaceFirst("^V(\\d+)__.*\\.sql$", "$1"))
              .map(Integer::valueOf)
              .sorted()
              .toList();
      assertThat(numbers).doesNotHaveDuplicates().endsWith(LedgerDatabase.VERSION);
    }
  }
}
