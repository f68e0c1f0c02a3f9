package io.initload.simulator;

import io.initload.simulator.store.OrgStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Where an org's data lies: kept, or deleted when closed. Its owner alone may read it.
 *
 * @param seed the seed the data was begun with
 */
record DataDirectory(Path path, OrgStore.Durability durability, long seed)
    implements AutoCloseable {
  private static final FileAttribute<Set<PosixFilePermission>> DIRECTORY = only("rwx------");
  private static final FileAttribute<Set<PosixFilePermission>> FILE = only("rw-------");

  private static FileAttribute<Set<PosixFilePermission>> only(String permissions) {
    return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions));
  }

  /** Opens or creates the directory; a new one remembers its seed. */
  static DataDirectory open(OrgContent content) {
    try {
      return content.data().isPresent()
          ? kept(content.data().get(), content.seed())
          : new DataDirectory(
              Files.createTempDirectory("simulated-org"),
              OrgStore.Durability.TEMPORARY,
              content.seed());
    } catch (IOException e) {
      throw new UncheckedIOException(
          "Data directory %s cannot be used"
              .formatted(content.data().map(Path::toString).orElse("")),
          e);
    }
  }

  private static DataDirectory kept(Path path, long seed) throws IOException {
    if (!Files.isDirectory(path)) {
      Files.createDirectories(path, DIRECTORY);
    }
    String first = remembered(path.resolve("seed"), () -> Long.toString(seed));
    return new DataDirectory(path, OrgStore.Durability.KEPT, Long.parseLong(first));
  }

  /** What was remembered under a name when the data was begun, or is from now on. */
  String remember(String name, Supplier<String> begun) {
    try {
      return remembered(path.resolve(name), begun);
    } catch (IOException e) {
      throw new UncheckedIOException("Data directory " + path + " cannot be used", e);
    }
  }

  private static String remembered(Path file, Supplier<String> begun) throws IOException {
    if (!Files.exists(file)) {
      Files.createFile(file, FILE);
      Files.writeString(file, begun.get(), StandardCharsets.US_ASCII);
    }
    return Files.readString(file, StandardCharsets.US_ASCII).strip();
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
