package io.initload.pipeline;

import io.initload.config.LedgerConfig;
import io.initload.config.Secret;
import io.initload.ledger.Ledger;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;

/**
 * Ledgers that begin as a copy of an empty one: making the tables takes longer than a whole world.
 */
final class LedgerTemplate {
  private static final byte[] EMPTY = empty();

  private LedgerTemplate() {}

  static Ledger open(LedgerConfig config, String migration, Clock clock) throws IOException {
    Path file = Path.of(config.url().substring("jdbc:sqlite:".length()));
    if (!Files.exists(file)) {
      Files.write(file, EMPTY);
    }
    return Ledger.open(config, migration, clock);
  }

  private static byte[] empty() {
    try {
      Path file = Files.createTempFile("ledger", ".db");
      Files.delete(file);
      Ledger.open(
              new LedgerConfig("jdbc:sqlite:" + file, "", Secret.NONE), "none", Clock.systemUTC())
          .close();
      byte[] bytes = Files.readAllBytes(file);
      Files.delete(file);
      return bytes;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
