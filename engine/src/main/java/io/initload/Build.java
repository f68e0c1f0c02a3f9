package io.initload;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which build of the program this is: SHA-256 of what {@code LC_ALL=C sha256sum *.jar} prints in
 * the directory of its libraries, so that anybody can ask the same of an installed one.
 */
public final class Build {
  private static final String JAR = ".jar";

  private Build() {}

  /** Of the program that runs; empty where it does not run from jars. */
  public static String digest() {
    String location = Build.class.getProtectionDomain().getCodeSource().getLocation().getPath();
    Path jar = Path.of(location).toAbsolutePath();
    Path directory = jar.getParent();
    return location.endsWith(JAR) && directory != null ? of(directory) : "";
  }

  /** Of the jars of a directory. */
  public static String of(Path directory) {
    StringBuilder sums = new StringBuilder();
    try {
      for (Path jar : jars(directory)) {
        sums.append(Sha256.of(jar)).append("  ").append(jar.getFileName()).append('\n');
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Sha256.of(sums.toString());
  }

  private static List<Path> jars(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> file.toString().endsWith(JAR)).sorted().toList();
    }
  }
}
