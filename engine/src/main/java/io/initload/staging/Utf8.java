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

/** Finds what is not UTF-8, where a lenient reader would put U+FFFD. */
final class Utf8 {
  private static final int BUFFER = 64 * 1024;

  private Utf8() {}

  /**
   * Bytes of the character that begins with a byte above 127; 0 where it is none, or is cut off
   * (RFC 3629, "Syntax of UTF-8 Byte Sequences").
   *
   * @param to where the bytes end
   */
  static int character(byte[] bytes, int at, int to) {
    int lead = bytes[at] & 0xff;
    int length = lead < 0xc2 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : lead < 0xf5 ? 4 : 0;
    if (length == 0 || at + length > to) {
      return 0;
    }
    int second = bytes[at + 1] & 0xff;
    // Neither longer forms than it takes, nor surrogates, nor what is above U+10FFFF.
    int low = lead == 0xe0 ? 0xa0 : lead == 0xf0 ? 0x90 : 0x80;
    int high = lead == 0xed ? 0x9f : lead == 0xf4 ? 0x8f : 0xbf;
    boolean whole = second >= low && second <= high;
    for (int i = at + 2; i < at + length; i++) {
      whole &= (bytes[i] & 0xc0) == 0x80;
    }
    return whole ? length : 0;
  }

  /**
   * Finds the first such byte of a file.
   *
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
