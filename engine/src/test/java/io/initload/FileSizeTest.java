package io.initload;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Folders that are seen at a glance, and files that are read in one sitting. */
class FileSizeTest {
  private static final Path MAIN = Path.of("src/main/java");
  private static final Path TESTS = Path.of("src/test/java");
  private static final int FILES_IN_A_FOLDER = 25;
  private static final int LINES_MAX = 400;
  private static final int MEDIAN_BELOW = 100;

  @Test
  void noFolderIsTooFull() throws IOException {
    try (Stream<Path> walk = Files.walk(MAIN)) {
      for (Path folder : walk.filter(Files::isDirectory).toList()) {
        try (Stream<Path> files = Files.list(folder)) {
          assertThat(files.filter(Files::isRegularFile).count())
              .as("files in %s", folder)
              .isLessThanOrEqualTo(FILES_IN_A_FOLDER);
        }
      }
    }
  }

  @Test
  void noFileIsLong() throws IOException {
    for (Path root : List.of(MAIN, TESTS)) {
      for (Path file : files(root)) {
        assertThat(Files.readAllLines(file))
            .as("lines of %s", file)
            .hasSizeLessThanOrEqualTo(LINES_MAX);
      }
    }
  }

  @Test
  void mostFilesAreShort() throws IOException {
    List<Integer> lines = new ArrayList<>();
    for (Path file : files(MAIN)) {
      lines.add(Files.readAllLines(file).size());
    }
    assertThat(lines.stream().sorted().skip(lines.size() / 2).findFirst())
        .as("the median of %d files", lines.size())
        .hasValueSatisfying(median -> assertThat(median).isLessThan(MEDIAN_BELOW));
  }

  private static List<Path> files(Path root) throws IOException {
    try (Stream<Path> all = Files.walk(root)) {
      return all.filter(file -> file.toString().endsWith(".java")).toList();
    }
  }
}
