package io.initload.simulator.soql.bind;

import io.initload.simulator.soql.FieldKind;
import io.initload.simulator.soql.FieldShape.Ability;
import java.util.Comparator;

/**
 * How values of one kind compare: text as Salesforce compares it, without regard to case unless the
 * field says so.
 */
public final class Ordering {
  private static final Comparator<Object> FOLDED =
      (a, b) -> String.CASE_INSENSITIVE_ORDER.compare((String) a, (String) b);
  private static final Comparator<Object> NUMBERS =
      (a, b) ->
          a instanceof Long left && b instanceof Long right
              ? Long.compare(left, right)
              : Double.compare(((Number) a).doubleValue(), ((Number) b).doubleValue());

  private Ordering() {}

  public static Comparator<Object> of(Bound bound) {
    return of(bound.kind(), bound.can(Ability.CASE_SENSITIVE));
  }

  public static Comparator<Object> of(FieldKind kind, boolean caseSensitive) {
    if (kind.isNumber()) {
      return NUMBERS;
    }
    boolean text = !kind.isId() && (kind == FieldKind.TEXT || kind == FieldKind.MULTI_PICKLIST);
    return text && !caseSensitive ? FOLDED : Ordering::natural;
  }

  @SuppressWarnings(
      "unchecked") // All values of one kind have one class, which is comparable to itself.
  private static int natural(Object a, Object b) {
    return ((Comparable<Object>) a).compareTo(b);
  }
}
