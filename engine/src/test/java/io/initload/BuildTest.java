package io.initload;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The digest of a build is what standard tools make of it. */
@Tag("system")
class BuildTest {
  @TempDir Path directory;

  @Test
  void itIsThatOfTheSumsOfTheLibrariesAndOfNothingElse() throws Exception {
    for (String name : new String[] {"b.jar", "a.jar", "B.jar", "a-1.0.jar"}) {
      Files.writeString(directory.resolve(name), name);
    }
    Files.writeString(directory.resolve("notes.txt"), "not a library");
    Process shell =
        new ProcessBuilder("sh", "-c", "LC_ALL=C sha256sum *.jar | sha256sum")
            .directory(directory.toFile())
            .start();
    String said = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(shell.waitFor()).isZero();
    assertThat(said).startsWith(Build.of(directory));
  }

  @Test
  void whatIsNotInstalledHasNone() {
    assertThat(Build.digest()).isEmpty();
  }
}
