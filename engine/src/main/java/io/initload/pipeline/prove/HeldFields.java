package io.initload.pipeline.prove;

import io.initload.mapping.compile.SentFields;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The fields of a row held against its record.
 *
 * @param held how many were sent
 * @param differing columns of those that the record does not have as they were sent
 */
public record HeldFields(int held, List<String> differing) {
  public HeldFields {
    differing = List.copyOf(differing);
  }

  /**
   * What is empty was not sent: the record keeps its value, or gets a default. What is exempt is
   * not held against anything.
   *
   * @param texts as they were sent
   * @param header of the CSV
   * @param leftOut names in the header of fields that the row was loaded without
   */
  public static HeldFields of(
      SentFields sent,
      List<String> texts,
      Map<String, String> record,
      List<String> header,
      Set<String> leftOut) {
    List<String> differing = new ArrayList<>();
    int held = 0;
    for (int i = 0; i < sent.columns().size(); i++) {
      String text = texts.get(i);
      if (!text.isEmpty() && !sent.isExempt(i) && !leftOut.contains(header.get(i))) {
        held++;
        if (!sent.holds(i, text, record)) {
          differing.add(sent.columns().get(i));
        }
      }
    }
    return new HeldFields(held, differing);
  }
}
