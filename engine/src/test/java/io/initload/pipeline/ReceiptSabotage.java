package io.initload.pipeline;

import java.util.Collections;
import java.util.List;
import java.util.Random;

/** What a saboteur makes of a list of created records: a heading, then a line for each. */
enum ReceiptSabotage {
  LOST {
    @Override
    void strike(List<String> lines, Random random) {
      lines.remove(1 + random.nextInt(lines.size() - 1));
    }
  },
  DOUBLED {
    @Override
    void strike(List<String> lines, Random random) {
      lines.add(lines.get(1 + random.nextInt(lines.size() - 1)));
    }
  },
  /** As many as there were. */
  LOST_AND_DOUBLED {
    @Override
    void strike(List<String> lines, Random random) {
      int row = 1 + random.nextInt(lines.size() - 2);
      lines.set(row, lines.get(row + 1));
    }
  },
  /** A record of somebody else's. */
  ANOTHER_ID {
    @Override
    void strike(List<String> lines, Random random) {
      int row = 1 + random.nextInt(lines.size() - 1);
      lines.set(row, lines.get(row).replaceFirst("\\b001\\w{3}", "001ZZZ"));
    }
  },
  TURNED_ROUND {
    @Override
    void strike(List<String> lines, Random random) {
      Collections.reverse(lines.subList(1, lines.size()));
    }
  },
  EMPTIED {
    @Override
    void strike(List<String> lines, Random random) {
      lines.subList(1, lines.size()).clear();
    }
  };

  abstract void strike(List<String> lines, Random random);
}
