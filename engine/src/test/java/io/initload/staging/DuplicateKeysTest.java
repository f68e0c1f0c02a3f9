package io.initload.staging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DuplicateKeysTest {
  @TempDir Path directory;

  @Test
  void findsWhatCameTwiceWhetherInOneRunOrInRunsFarApart() throws IOException {
    SplittableRandom random = new SplittableRandom(1);
    for (int round = 0; round < 200; round++) {
      int most = 1 + random.nextInt(50);
      int count = random.nextInt(1_000);
      long space = round % 2 == 0 ? Long.MAX_VALUE : 3_000;
      Set<Long> once = new HashSet<>();
      Set<Long> twice = new HashSet<>();
      Path path = directory.resolve("keys");
      try (DuplicateKeys repeats = new DuplicateKeys(path, most)) {
        for (int i = 0; i < count; i++) {
          long number =
              random.nextInt(20) == 0 ? random.nextInt(3) - 1 : random.nextLong(-space, space);
          repeats.add(number);
          if (!once.add(number)) {
            twice.add(number);
          }
        }
        assertThat(Files.exists(path)).isEqualTo(count > most);
        assertThat(repeats.found(Integer.MAX_VALUE)).isEqualTo(twice);
      }
      assertThat(path).doesNotExist();
    }
  }

  @Test
  void findsNoMoreThanAskedFor() {
    try (DuplicateKeys repeats = new DuplicateKeys(directory.resolve("keys"), 10)) {
      for (long i = 0; i < 100; i++) {
        repeats.add(i / 2);
      }
      assertThat(repeats.found(7)).hasSize(7);
    }
  }

  @Test
  void isPrivate() throws IOException {
    Path path = directory.resolve("keys");
    try (DuplicateKeys repeats = new DuplicateKeys(path, 1)) {
      repeats.add(1);
      repeats.add(2);
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
          .isEqualTo("rw-------");
    }
  }
}
