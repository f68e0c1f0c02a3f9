package io.initload.simulator;

import io.initload.simulator.store.OrgStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** Where an org's data lies: kept, or deleted when closed. */
final class DataDirectory implements AutoCloseable {
  private final Path path;
  private final OrgStore.Durability durability;
  private final long seed;

  private DataDirectory(Path path, OrgStore.Durability durability, long seed) {
    this.path = path;
    this.durability = durability;
    this.seed = seed;
  }

  /**
   * Opens or creates a directory.
   *
   * @param seed kept with the data when it is new
   */
  static DataDirectory open(Optional<Path> kept, long seed) {
    try {
      if (kept.isEmpty()) {
        return new DataDirectory(
            Files.createTempDirectory("simulated-org"), OrgStore.Durability.TEMPORARY, seed);
      }
      Path path = kept.get();
      if (!Files.isDirectory(path)) {
        Files.createDirectories(
            path,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      }
      Path seedFile = path.resolve("seed");
      if (!Files.exists(seedFile)) {
        Files.writeString(seedFile, Long.toString(seed), StandardCharsets.US_ASCII);
      }
      long first = Long.parseLong(Files.readString(seedFile).strip());
      return new DataDirectory(path, OrgStore.Durability.KEPT, first);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "Data directory " + kept.map(Path::toString).orElse("") + " cannot be used", e);
    }
  }

  Path path() {
    return path;
  }

  OrgStore.Durability durability() {
    return durability;
  }

  /** The seed the data was begun with. */
  long seed() {
    return seed;
  }

  @Override
  public void close() {
    if (durability == OrgStore.Durability.KEPT) {
      return;
    }
    try (Stream<Path> all = Files.walk(path)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(each);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Temporary directory " + path + " cannot be deleted", e);
    }
  }
}
