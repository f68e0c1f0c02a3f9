package io.initload.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.initload.config.SourceConfig;
import io.initload.source.PostgresServer;
import io.initload.staging.gzip.Codec;
import io.initload.staging.gzip.Codecs;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What is staged depends on the rows alone. */
@ExtendWith(PostgresServer.Provider.class)
@Tag("system")
class SameBytesTest {
  private static final int ROWS = 12_000;

  @TempDir Path directory;

  private final PostgresServer.Database tables;

  SameBytesTest(PostgresServer server) {
    tables = server.database();
    tables.run(
        "CREATE TABLE customers (id int PRIMARY KEY, name varchar(80), notes text, at timestamptz, n"
            + " numeric)",
        "INSERT INTO customers SELECT i, 'né, \"' || i || '\"', CASE WHEN i % 3 > 0 THEN repeat(md5(i"
            + " || ''), i % 20) END, timestamptz '2020-01-01 00:00Z' + i * interval '61 s', i % 500 * 1.25"
            + " FROM generate_series(1, %d) i".formatted(ROWS));
  }

  @Test
  void anyCodecAndAnyNumberOfSessionsStageTheSameBytes() throws Exception {
    Map<String, String> one = staged(1, Codecs.deflate());
    assertThat(one).hasSizeGreaterThan(4);
    assertThat(staged(4, Codecs.deflate())).isEqualTo(one);
    assertThat(staged(1, Codecs.fastest())).isEqualTo(one);
    assertThat(staged(4, Codecs.fastest())).isEqualTo(one);
    assertThat(staged(2, Codecs.beside(Codecs.fastest()))).isEqualTo(one);
  }

  /** Digests of the inflated parts, by name. */
  private Map<String, String> staged(int sessions, Codec codec) throws Exception {
    Path life = directory.resolve(sessions + " " + codec);
    Map<String, String> parts = new ConcurrentSkipListMap<>();
    SourceConfig source = tables.config();
    try (LocalMigration migration =
        new LocalMigration(
                Files.createDirectories(life),
                source,
                LocalMigration.table(
                    "customers",
                    2_000,
                    "notes",
                    "Description",
                    "at",
                    "Customer_Since__c",
                    "n",
                    "NumberofLocations__c"))
            .sessions(sessions)
            .codec(codec)
            .checkpoint(
                label -> {
                  if (label.equals("extract.sealed")) {
                    digest(life.resolve("staging"), parts);
                  }
                })) {
      assertThat(migration.run().failures()).isEmpty();
      assertThat(migration.loaded("Name").size()).isEqualTo(ROWS);
    }
    return parts;
  }

  private static void digest(Path staging, Map<String, String> parts) {
    try (Stream<Path> files = Files.list(staging)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".csv.gz")).toList()) {
        if (!parts.containsKey(file.getFileName().toString())) {
          digest(file).ifPresent(d -> parts.put(file.getFileName().toString(), d));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** None of a part that another session loaded and deleted meanwhile: it has been seen. */
  private static Optional<String> digest(Path file) throws IOException {
    try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(in.readAllBytes());
      return Optional.of(new BigInteger(1, hash).toString(16));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
