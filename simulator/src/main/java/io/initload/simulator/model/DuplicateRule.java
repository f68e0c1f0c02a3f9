package io.initload.simulator.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A rule about records that resemble another: those with the same values in all of some fields, in
 * any case.
 *
 * @param name API name
 * @param fields fields compared; where one of them is empty, nothing resembles the record
 * @param onCreate what happens to a new record
 * @param onEdit what happens to a change of one of the fields
 */
public record DuplicateRule(String name, List<String> fields, Action onCreate, Action onEdit) {
  /** What happens to a record that resembles another. */
  public enum Action {
    /** It is saved. */
    ALLOW,
    /** The user is asked, and may save it all the same. */
    ALERT,
    /** It is refused. */
    BLOCK
  }

  public DuplicateRule(
      @Nullable String name,
      @Nullable List<String> fields,
      @Nullable Action onCreate,
      @Nullable Action onEdit) {
    if (name == null || fields == null || fields.isEmpty()) {
      throw new IllegalArgumentException("a duplicate rule needs a name and fields");
    }
    this.name = name;
    this.fields = List.copyOf(fields);
    this.onCreate = onCreate == null ? Action.BLOCK : onCreate;
    this.onEdit = onEdit == null ? Action.ALLOW : onEdit;
  }
}
