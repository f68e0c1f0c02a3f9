package io.initload.staging;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Finds the first byte of a file that is not UTF-8, where a lenient reader would put U+FFFD. */
final class Utf8 {
  private static final int BUFFER = 64 * 1024;

  private Utf8() {}

  /**
   * @throws MalformedSheet naming line and byte, both from 1
   */
  static void require(Path file) throws IOException {
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    ByteBuffer bytes = ByteBuffer.allocate(BUFFER);
    CharBuffer text = CharBuffer.allocate(BUFFER);
    long before = 0;
    long line = 1;
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      for (boolean end = false; !end; ) {
        end = channel.read(bytes) < 0;
        bytes.flip();
        CoderResult result = decoder.decode(bytes, text, end);
        text.flip();
        line += text.chars().filter(c -> c == '\n').count();
        if (result.isError()) {
          throw new MalformedSheet(
              "line %d, byte %d of the file (0x%02X) is not UTF-8"
                  .formatted(line, before + bytes.position() + 1, bytes.get(bytes.position())));
        }
        before += bytes.position();
        bytes.compact();
        text.clear();
      }
    }
  }
}
