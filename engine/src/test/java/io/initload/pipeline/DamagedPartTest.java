package io.initload.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.initload.ledger.entry.TableBooks;
import io.initload.simulator.fault.Fault;
import io.initload.simulator.fault.FaultPlan;
import io.initload.source.PostgresServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A staged file that is damaged when its job was submitted, which the org then fails in the middle:
 * what is loaded is booked, and what is not is read again.
 */
@ExtendWith(PostgresServer.Provider.class)
@Tag("system")
class DamagedPartTest {
  private static final int ROWS = 1_000;
  private static final int WRITTEN = 400;

  @TempDir Path directory;

  private final PostgresServer.Database tables;

  DamagedPartTest(PostgresServer server) {
    tables = server.database();
  }

  /** What may have become of a file. */
  enum Damage {
    CUT_OFF {
      @Override
      void strike(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
      }
    },
    EMPTY {
      @Override
      void strike(Path file) throws IOException {
        Files.write(file, new byte[0]);
      }
    },
    ANOTHER {
      @Override
      void strike(Path file) throws IOException {
        Files.write(file, gzip("External_ID__c,Name\n-1,Nobody\n"));
      }
    },
    LINK {
      @Override
      void strike(Path file) throws IOException {
        Path other = Files.copy(file, file.resolveSibling("other"));
        Files.delete(file);
        Files.createSymbolicLink(file, other);
      }
    },
    FOLDER {
      @Override
      void strike(Path file) throws IOException {
        Files.delete(file);
        Files.createDirectory(file);
        Files.createFile(file.resolve("inside"));
      }
    },
    GONE {
      @Override
      void strike(Path file) throws IOException {
        Files.delete(file);
      }
    };

    abstract void strike(Path file) throws IOException;
  }

  @ParameterizedTest
  @EnumSource
  void whatIsLoadedIsBookedAndTheRestReadAgain(Damage damage) throws Exception {
    tables.run(
        "CREATE TABLE customers (id int PRIMARY KEY, name text)",
        "INSERT INTO customers SELECT i, 'Name ' || i FROM generate_series(1, %d) i"
            .formatted(ROWS));
    AtomicBoolean struck = new AtomicBoolean();
    try (LocalMigration migration =
        new LocalMigration(directory, tables.config(), LocalMigration.table("customers", ROWS))
            .checkpoint(
                label -> {
                  if (label.equals("load.submit-sent") && struck.compareAndSet(false, true)) {
                    strike(damage);
                  }
                })) {
      migration
          .org()
          .faults(FaultPlan.on("job", 1, new Fault.JobFailed("InternalServerError", WRITTEN)));
      RunOutcome outcome = migration.run();
      assertThat(outcome.failures()).isEmpty();
      TableBooks books = outcome.books().get("customers");
      assertThat(books.closed()).isTrue();
      assertThat(books.created()).isEqualTo(ROWS);
      assertThat(books.updated()).as("nothing is loaded twice").isZero();
      assertThat(migration.org().jobs()).hasSize(2);
      assertThat(migration.certificate().booksClosed()).isTrue();
    }
  }

  private void strike(Damage damage) {
    try {
      damage.strike(parts().get(0));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<Path> parts() throws IOException {
    try (Stream<Path> files = Files.list(directory.resolve("staging"))) {
      return files.filter(f -> f.toString().endsWith(".csv.gz")).toList();
    }
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }
}
