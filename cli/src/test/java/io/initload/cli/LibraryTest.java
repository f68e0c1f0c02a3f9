package io.initload.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program that docs/library.md shows is compiled and run as it stands there. */
@Tag("system")
class LibraryTest {
  private static final Path PAGE = Path.of("../docs/library.md");
  private static final Pattern JAVA = Pattern.compile("```java\\n(.*?)```", Pattern.DOTALL);
  private static final Pattern TYPE = Pattern.compile("`((?:[a-z]+\\.)*[A-Z]\\w+)`");

  /** Blank lines and the bracket that ends it not counted. */
  private static final int LINES = 10;

  @TempDir private Path directory;

  @Test
  void theExampleMigratesAndProves() throws Exception {
    String example = example();
    assertThat(example.lines().filter(line -> !line.isBlank())).hasSizeLessThanOrEqualTo(LINES);
    Path program = Files.writeString(directory.resolve("Example.java"), example);
    try (Site site = Site.open(directory)) {
      assertThat(run(program, site.config()))
          .contains("0 rows need a person", "the books close: true");
      assertThat(site.org().records("Account").count()).isEqualTo(2_000);
    }
  }

  @Test
  void everyTypeOfTheDoorIsThere() throws Exception {
    String table = Files.readString(PAGE).split("## The public door", -1)[1];
    Set<String> types = new TreeSet<>();
    TYPE.matcher(table).results().forEach(found -> types.add("io.initload." + found.group(1)));
    assertThat(types).contains("io.initload.library.Migration").hasSizeGreaterThan(6);
    for (String type : types) {
      assertThat(Class.forName(type)).isPublic();
    }
  }

  private static String example() throws IOException {
    return JAVA.matcher(Files.readString(PAGE)).results().findFirst().orElseThrow().group(1);
  }

  /** All that the program prints; it ends well. */
  private static String run(Path program, Path config) throws Exception {
    Process java =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                program.toString(),
                config.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(java.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(java.waitFor()).as(said).isZero();
    return said;
  }
}
