package io.initload.plan.scan;

import java.util.List;

/**
 * Groups of rows that agree in some columns, none of which is null, and are more than so many.
 *
 * @param rows in all these groups
 * @param held those of them that are quarantined for what they hold
 * @param refused those of them that the org would refuse for what they hold, and that are not held
 * @param largest the largest groups, at most as many as examples are shown
 */
public record Crowd(long groups, long rows, long held, long refused, List<Group> largest) {
  public static final Crowd NONE = new Crowd(0, 0, 0, 0, List.of());

  public Crowd {
    largest = List.copyOf(largest);
  }

  /**
   * One group.
   *
   * @param texts of its columns
   */
  public record Group(List<String> texts, long rows) {
    public Group {
      texts = List.copyOf(texts);
    }
  }
}
