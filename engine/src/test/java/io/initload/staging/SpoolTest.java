package io.initload.staging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.initload.config.DataSize;
import io.initload.config.StagingConfig;
import io.initload.staging.gzip.Codecs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolTest {
  @TempDir Path directory;

  @Test
  void findsEachListAgainInAnyOrderWhileOthersAreAdded() {
    SplittableRandom random = new SplittableRandom(1);
    List<List<String>> lists = new ArrayList<>();
    List<Long> places = new ArrayList<>();
    try (StagingArea area = area();
        Spool spool = area.spool("refused")) {
      for (int i = 0; i < 500; i++) {
        // Shorter and longer than what is read, and written, at a time.
        int length = random.nextInt(i % 50 == 0 ? 200_000 : 1_500);
        List<String> list = List.of("né\n\"" + i, "", "Ł".repeat(length));
        lists.add(list);
        places.add(spool.add(list));
        int other = random.nextInt(lists.size());
        assertThat(spool.at(places.get(other))).isEqualTo(lists.get(other));
      }
      assertThat(places.stream().map(spool::at)).isEqualTo(lists);
      List<List<String>> shown = new ArrayList<>();
      spool.each(shown::add);
      assertThat(shown).isEqualTo(lists);
      spool.clear();
      spool.each(list -> fail("shown after all were forgotten"));
      assertThat(spool.at(spool.add(List.of()))).isEmpty();
      assertThat(spool.at(spool.add(List.of("again")))).containsExactly("again");
    }
  }

  @Test
  void isPrivateAndGoneWhenClosed() throws IOException {
    try (StagingArea area = area()) {
      try (Spool spool = area.spool("refused")) {
        assertThat(spools()).isEmpty();
        spool.add(List.of("text"));
        assertThat(spools()).hasSize(1);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(spools().get(0))))
            .isEqualTo("rw-------");
      }
      assertThat(spools()).isEmpty();
    }
  }

  private StagingArea area() {
    return StagingArea.open(
        new StagingConfig(directory, DataSize.megabytes(500), 250_000, DataSize.megabytes(95)),
        Codecs.deflate());
  }

  private List<Path> spools() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(f -> f.getFileName().toString().contains("spool")).toList();
    }
  }
}
