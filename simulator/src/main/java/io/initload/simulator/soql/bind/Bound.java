package io.initload.simulator.soql.bind;

import io.initload.simulator.soql.FieldKind;
import io.initload.simulator.soql.FieldShape;
import io.initload.simulator.soql.FieldShape.Ability;
import io.initload.simulator.soql.RecordView;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An operand that has been looked up: what it is called, what its values are like and how to get
 * them.
 *
 * @param path API names as described, the last one the field
 * @param own the field of the queried object itself, null for a parent's field or a function
 */
public record Bound(
    List<String> path,
    FieldKind kind,
    Set<Ability> abilities,
    Getter getter,
    @Nullable FieldShape own) {

  /** Gets the value from a row; null where it is empty. */
  public interface Getter {
    @Nullable Object get(RecordView row, Lookup lookup);
  }

  String label() {
    return String.join(".", path);
  }

  String fieldName() {
    return path.get(path.size() - 1);
  }

  public boolean can(Ability ability) {
    return abilities.contains(ability);
  }
}
