package io.initload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files for their owner alone. */
class PrivateFileTest {
  @TempDir private Path directory;

  @Test
  void whatIsMadeIsForItsOwnerAlone() throws IOException {
    Path deep = directory.resolve("a/b");
    PrivateFile.directory(deep);
    PrivateFile.directory(deep);
    PrivateFile.create(deep.resolve("made"));
    PrivateFile.write(deep.resolve("written"), "text");
    try (FileChannel open = PrivateFile.open(deep.resolve("opened"))) {
      assertThat(open.isOpen()).isTrue();
    }
    Path temporary = PrivateFile.temporary(deep, "result-", ".csv");
    assertThat(permissions(directory.resolve("a"))).isEqualTo("rwx------");
    assertThat(permissions(deep)).isEqualTo("rwx------");
    for (String name : new String[] {"made", "written", "opened"}) {
      assertThat(permissions(deep.resolve(name))).as(name).isEqualTo("rw-------");
    }
    assertThat(permissions(temporary)).isEqualTo("rw-------");
  }

  @Test
  void aFileThatIsThereIsReplacedOnlyWhereThatIsMeant() throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "old");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    assertThatThrownBy(() -> PrivateFile.create(file))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThatThrownBy(() -> PrivateFile.open(file).close())
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThat(file).hasContent("old");
    PrivateFile.write(file, "new");
    assertThat(file).hasContent("new");
    assertThat(permissions(file)).isEqualTo("rw-------");
    PrivateFile.replace(file);
    assertThat(file).isEmptyFile();
  }

  @Test
  void aFileIsWrittenAsAWholeOrNotAtAll() throws IOException {
    Path file = directory.resolve("file");
    PrivateFile.write(file, "old");
    assertThatThrownBy(
            () ->
                PrivateFile.write(
                    file,
                    out -> {
                      out.write("half");
                      throw new IOException("no more");
                    }))
        .hasMessage("no more");
    assertThat(file).hasContent("old");
    try (Stream<Path> left = Files.list(directory)) {
      assertThat(left).containsExactly(file);
    }
  }

  private static String permissions(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }
}
