package io.initload.staging.gzip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.junit.jupiter.api.Test;

class CodecsTest {
  /** Else the tests of parts would compare zlib with itself; the tests' machine has the library. */
  @Test
  void theFastestCodecIsThatOfTheLibraryWhereItIsInstalled() {
    assertThat(Codecs.fastest().name()).isEqualTo("ISA-L level 1 (JNA)");
  }

  @Test
  void aLibraryThatIsAnotherOrNoneIsNotTaken() {
    assertThat(InstalledIsal.open("libz.so.1")).isEmpty();
    assertThat(InstalledIsal.open("there-is-no-such-library")).isEmpty();
  }

  /** Whichever thread meets it, and nothing is written afterwards. */
  @Test
  void aFailureBesideIsTheWritersOwn() throws IOException {
    IOException full = new IOException("No space left on device");
    AtomicInteger calls = new AtomicInteger();
    Codec.Output failing =
        (bytes, offset, length) -> {
          calls.getAndIncrement();
          throw full;
        };
    byte[] noise = new byte[3_000_000];
    new SplittableRandom(1).nextBytes(noise);
    try (Codec.Stream stream = Codecs.beside(Codecs.deflate()).open()) {
      stream.write(noise, 0, noise.length, failing);
      assertThatThrownBy(stream::settle).isSameAs(full);
      assertThatThrownBy(() -> stream.fullFlush(failing)).isSameAs(full);
    }
    assertThat(calls).hasValue(1);
  }

  /** A writer that is interrupted hands over what it has, and stays interrupted. */
  @Test
  void anInterruptedWriterLosesNothing() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] noise = new byte[1_000_000];
    new SplittableRandom(2).nextBytes(noise);
    try (Codec.Stream stream = Codecs.beside(Codecs.deflate()).open()) {
      Thread.currentThread().interrupt();
      stream.write(noise, 0, noise.length, out::write);
      stream.fullFlush(out::write);
      assertThat(Thread.interrupted()).isTrue();
    }
    out.write(3);
    out.write(0);
    try (InputStream in =
        new InflaterInputStream(new ByteArrayInputStream(out.toByteArray()), new Inflater(true))) {
      assertThat(in.readAllBytes()).isEqualTo(noise);
    }
  }
}
