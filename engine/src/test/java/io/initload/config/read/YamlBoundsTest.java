package io.initload.config.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.initload.source.Dialects;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that would cost the parser its stack or an hour. */
class YamlBoundsTest {
  @TempDir private Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"[", "{a: ", "- ", "? ", "{? [", "!!map {a: ", "&a ["})
  void deepNestingIsRefusedWithItsLine(String level) throws IOException {
    assertThat(refused("name: x\ntables: " + "\n".repeat(2) + " " + level.repeat(20_000)))
        .contains(":4: more than 32 lists and blocks within each other");
  }

  @Test
  void nestingOverManyLinesIsRefusedToo() throws IOException {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 1_000; i++) {
      text.append(" ".repeat(i)).append("a:\n");
    }
    assertThat(refused(text.toString()))
        .contains(":33: more than 32 lists and blocks within each other");
  }

  @Test
  void aLongLineIsRefusedWithItsNumber() throws IOException {
    assertThat(refused("name: x\nsource: {url: " + "a, ".repeat(1_000_000) + "}\n"))
        .contains(":2: the line has more than 250,000 characters");
  }

  @Test
  void aLargeFileIsRefusedBeforeItIsRead() throws IOException {
    assertThat(refused("# comment\n".repeat(500_000)))
        .contains("the file has more than 4,194,304 bytes");
    ConfigException endless =
        catchThrowableOfType(ConfigException.class, () -> read(Path.of("/dev/zero")));
    assertThat(endless.getMessage()).contains("/dev/zero: the file has more than 4,194,304 bytes");
  }

  @Test
  void aDocumentThatRefersToItselfIsRefused() throws IOException {
    StringBuilder text = new StringBuilder("a0: &a0 [x, x]\n");
    for (int i = 1; i < 80; i++) {
      text.append("a%1$d: &a%1$d [*a%2$d, *a%2$d]%n".formatted(i, i - 1));
    }
    assertThat(refused(text.toString())).contains("refers to itself too often");
  }

  private String refused(String text) throws IOException {
    Path file = Files.writeString(directory.resolve("odd.yaml"), text);
    return catchThrowableOfType(ConfigException.class, () -> read(file)).getMessage();
  }

  private static void read(Path file) {
    ConfigFile.read(file, Map.of(), Dialects.ALL);
  }
}
