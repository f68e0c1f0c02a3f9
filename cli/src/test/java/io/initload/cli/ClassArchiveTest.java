package io.initload.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the launcher does for a quick start, and that it never stands in the way of a command. */
@Tag("system")
class ClassArchiveTest {
  private static final Path CHECKOUT = Path.of("").toAbsolutePath().getParent();
  private static final String SHARED = "io.initload.cli.Main source: shared objects file";

  /** An archive takes some ten seconds of a processor, at the lowest priority. */
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  @TempDir private Path directory;
  private Path cache;

  @BeforeEach
  void aDistribution() throws IOException {
    cache = directory.resolve("cache");
    Path lib = Files.createDirectories(directory.resolve("lib"));
    Path bin = Files.createDirectories(directory.resolve("bin"));
    copy(CHECKOUT.resolve("bin"), bin);
    Files.copy(CHECKOUT.resolve("cli/src/main/assembly/classes.lst"), lib.resolve("classes.lst"));
    int number = 0;
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      Path jar = lib.resolve(number++ + ".jar");
      if (Files.isDirectory(Path.of(entry))) {
        pack(Path.of(entry), jar);
      } else if (Files.exists(Path.of(entry))) {
        Files.copy(Path.of(entry), jar);
      }
    }
  }

  @Test
  void theFirstStartMakesOneForThoseThatFollow() throws Exception {
    assertThat(start(Map.of(), "--version")).isEqualTo("initload 0.1.0\n");
    List<Path> first = archives(1);
    assertThat(start(loading(), "--version")).contains(SHARED);

    Files.setLastModifiedTime(
        directory.resolve("lib/0.jar"), FileTime.from(Instant.parse("2026-01-01T00:00:00Z")));
    assertThat(start(loading(), "--version")).contains("initload 0.1.0\n").doesNotContain(SHARED);
    assertThat(archives(2)).containsAll(first);
    assertThat(start(loading(), "--version")).contains(SHARED);

    for (Path archive : archives(2)) {
      Files.delete(archive);
      Files.writeString(archive, "no archive");
    }
    assertThat(start(Map.of(), "--version")).isEqualTo("initload 0.1.0\n");
  }

  @Test
  void whereNoneCanBeMadeACommandDoesWithout() throws Exception {
    Path file = Files.createFile(directory.resolve("file"));
    for (String place : List.of("none", file.toString(), file + "/under")) {
      assertThat(start(Map.of("INITLOAD_CACHE", place), "--version")).isEqualTo("initload 0.1.0\n");
    }
    Map<String, String> nowhere = new HashMap<>(Map.of("HOME", "", "XDG_CACHE_HOME", ""));
    nowhere.put("INITLOAD_CACHE", directory.resolve("none/of/these").toString());
    Files.delete(directory.resolve("lib/classes.lst"));
    assertThat(start(nowhere, "--version")).isEqualTo("initload 0.1.0\n");
    assertThat(directory.resolve("none")).doesNotExist();
  }

  private Map<String, String> loading() {
    return Map.of("INITLOAD_JAVA_OPTS", "-Xlog:class+load");
  }

  /** All that the command prints. */
  private String start(Map<String, String> environment, String... words) throws Exception {
    List<String> command = new ArrayList<>(List.of(directory.resolve("bin/initload").toString()));
    command.addAll(List.of(words));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().keySet().removeIf(name -> name.startsWith("INITLOAD_"));
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("INITLOAD_CACHE", cache.toString());
    builder.environment().putAll(environment);
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isZero();
    return said;
  }

  /** Waits until that many are made. */
  private List<Path> archives(int count) throws Exception {
    Instant end = Instant.now().plus(PATIENCE);
    while (true) {
      try (Stream<Path> files = Files.list(cache)) {
        List<Path> made =
            files.filter(f -> f.getFileName().toString().matches("\\d+\\.jsa")).toList();
        if (made.size() == count) {
          return made;
        }
      }
      assertThat(Instant.now()).as("archives are made").isBefore(end);
      Thread.sleep(100);
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(file.getFileName().toString()));
      }
    }
  }

  private static void pack(Path classes, Path jar) throws IOException {
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream zip = new JarOutputStream(out);
        Stream<Path> files = Files.walk(classes)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        zip.putNextEntry(new JarEntry(classes.relativize(file).toString()));
        Files.copy(file, zip);
        zip.closeEntry();
      }
    }
  }
}
