package io.initload.pipeline;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.regex.Pattern;

/**
 * What a saboteur makes of lines, the first of which is a heading: rows of a staged file, or of the
 * results that the org gives.
 */
enum StagedSabotage {
  LOST {
    @Override
    void strike(List<String> lines, Random random) {
      lines.remove(row(lines, random));
    }
  },
  LAST_LOST {
    @Override
    void strike(List<String> lines, Random random) {
      lines.remove(lines.size() - 1);
    }
  },
  DOUBLED {
    @Override
    void strike(List<String> lines, Random random) {
      lines.add(lines.get(row(lines, random)));
    }
  },
  /** As many as there were. */
  LOST_AND_DOUBLED {
    @Override
    void strike(List<String> lines, Random random) {
      int row = row(lines, random);
      lines.set(row, lines.get(other(row)));
    }
  },
  KEYS_SWAPPED {
    @Override
    void strike(List<String> lines, Random random) {
      int one = row(lines, random);
      int two = other(one);
      String first = key(lines.get(one));
      String second = key(lines.get(two));
      lines.set(one, keyed(lines.get(one), second));
      lines.set(two, keyed(lines.get(two), first));
    }
  },
  KEY_EDITED {
    @Override
    void strike(List<String> lines, Random random) {
      int row = row(lines, random);
      lines.set(row, keyed(lines.get(row), "k99"));
    }
  },
  RE_CASED {
    @Override
    void strike(List<String> lines, Random random) {
      int row = row(lines, random);
      lines.set(row, lines.get(row).toUpperCase(Locale.ROOT));
    }
  },
  TRUNCATED {
    @Override
    void strike(List<String> lines, Random random) {
      int last = lines.size() - 1;
      lines.set(last, lines.get(last).substring(0, random.nextInt(lines.get(last).length())));
    }
  },
  EMPTIED {
    @Override
    void strike(List<String> lines, Random random) {
      lines.subList(1, lines.size()).clear();
    }
  },
  TURNED_ROUND {
    @Override
    void strike(List<String> lines, Random random) {
      Collections.reverse(lines.subList(1, lines.size()));
    }
  };

  private static final Pattern KEY = Pattern.compile("\\bk\\d+\\b");

  /** Where a line begins: those within values are followed by something else. */
  private static final String LINES = "\n(?=\"?(k\\d|001))";

  abstract void strike(List<String> lines, Random random);

  private static int row(List<String> lines, Random random) {
    return 1 + random.nextInt(lines.size() - 1);
  }

  private static int other(int row) {
    return row == 1 ? 2 : row - 1;
  }

  private static String key(String line) {
    return KEY.matcher(line).results().findFirst().orElseThrow().group();
  }

  private static String keyed(String line, String key) {
    return KEY.matcher(line).replaceFirst(key);
  }

  /** The same text, meddled with. */
  String of(String text, Random random) {
    List<String> lines = new ArrayList<>(List.of(text.split(LINES, -1)));
    if (lines.size() != SabotagedSite.ROWS + 1) {
      throw new IllegalStateException(text);
    }
    strike(lines, random);
    return String.join("\n", lines);
  }
}
