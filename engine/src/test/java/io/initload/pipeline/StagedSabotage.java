package io.initload.pipeline;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * What a saboteur makes of lines, the first of which is a heading: rows of a staged file, or of the
 * results that the org gives.
 */
enum StagedSabotage {
  LOST {
    @Override
    void strike(List<String> lines) {
      lines.remove(lines.size() / 2);
    }
  },
  LAST_LOST {
    @Override
    void strike(List<String> lines) {
      lines.remove(lines.size() - 1);
    }
  },
  DOUBLED {
    @Override
    void strike(List<String> lines) {
      lines.add(lines.get(1));
    }
  },
  /** As many as there were. */
  LOST_AND_DOUBLED {
    @Override
    void strike(List<String> lines) {
      lines.set(2, lines.get(1));
    }
  },
  KEYS_SWAPPED {
    @Override
    void strike(List<String> lines) {
      String first = key(lines.get(1));
      String second = key(lines.get(2));
      lines.set(1, keyed(lines.get(1), second));
      lines.set(2, keyed(lines.get(2), first));
    }
  },
  KEY_EDITED {
    @Override
    void strike(List<String> lines) {
      lines.set(1, keyed(lines.get(1), "k99"));
    }
  },
  RE_CASED {
    @Override
    void strike(List<String> lines) {
      lines.set(1, lines.get(1).toUpperCase(Locale.ROOT));
    }
  },
  TRUNCATED {
    @Override
    void strike(List<String> lines) {
      int last = lines.size() - 1;
      lines.set(last, lines.get(last).substring(0, lines.get(last).length() / 2));
    }
  },
  EMPTIED {
    @Override
    void strike(List<String> lines) {
      lines.subList(1, lines.size()).clear();
    }
  },
  TURNED_ROUND {
    @Override
    void strike(List<String> lines) {
      Collections.reverse(lines.subList(1, lines.size()));
    }
  };

  private static final Pattern KEY = Pattern.compile("\\bk\\d+\\b");

  /** Where a line begins: those within values are followed by something else. */
  private static final String LINES = "\n(?=\"?(k\\d|001))";

  abstract void strike(List<String> lines);

  private static String key(String line) {
    return KEY.matcher(line).results().findFirst().orElseThrow().group();
  }

  private static String keyed(String line, String key) {
    return KEY.matcher(line).replaceFirst(key);
  }

  /** The same text, meddled with. */
  String of(String text) {
    List<String> lines = new ArrayList<>(List.of(text.split(LINES, -1)));
    if (lines.size() != SabotagedSite.ROWS + 1) {
      throw new IllegalStateException(text);
    }
    strike(lines);
    return String.join("\n", lines);
  }

  /** The same compressed file, meddled with. */
  byte[] of(byte[] gzip) throws IOException {
    String text;
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(gzip))) {
      text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(of(text).getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }
}
