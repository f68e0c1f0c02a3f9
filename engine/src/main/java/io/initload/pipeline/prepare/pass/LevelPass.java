package io.initload.pipeline.prepare.pass;

import io.initload.Failure;
import io.initload.config.FieldMapping;
import io.initload.config.FieldMapping.Composite;
import io.initload.config.FieldMapping.Feed;
import io.initload.config.TableConfig;
import io.initload.config.rows.RowFilter;
import io.initload.mapping.org.FieldPath;
import io.initload.plan.PassKind;
import io.initload.plan.TableLinks.Lookup;
import java.util.List;

/**
 * Takes a table apart whose rows name rows of the same table and can be written only once: first
 * the rows whose parent is none of them, then their children, and so on. Each generation is read
 * like a table of its own.
 */
public final class LevelPass {
  private final TableConfig whole;
  private final List<String> key;
  private final List<String> parent;

  private LevelPass(TableConfig whole, List<String> key, List<String> parent) {
    this.whole = whole;
    this.key = key;
    this.parent = parent;
  }

  /**
   * A table, by its lookups into itself.
   *
   * @throws Failure {@code LEVELS_KEY} when its ancestors cannot be followed in the source
   */
  public static LevelPass of(TableConfig whole, List<Lookup> lookups) {
    List<String> fields = lookups.stream().map(Lookup::field).distinct().toList();
    if (fields.size() > 1) {
      throw unfit(whole, String.join(" and ", fields) + " both lead there");
    }
    Feed key = feed(whole, whole.externalId());
    Feed parent = feed(whole, fields.get(0));
    if (!FieldPath.parse(fields.get(0)).field().equalsIgnoreCase(whole.externalId())
        || !alike(key, parent)) {
      throw unfit(whole, fields.get(0) + " is not fed as " + whole.externalId() + " is");
    }
    return new LevelPass(whole, key.columns(), parent.columns());
  }

  private static Feed feed(TableConfig table, String field) {
    return table.fields().stream()
        .filter(f -> f.field().equalsIgnoreCase(field))
        .map(FieldMapping::feed)
        .findFirst()
        .orElseThrow();
  }

  /** Whether equal columns make equal texts. */
  public static boolean alike(Feed key, Feed parent) {
    boolean joined =
        key instanceof Composite one
            && parent instanceof Composite other
            && one.separator().equals(other.separator());
    return key.columns().size() == parent.columns().size()
        && (joined
            || (key instanceof FieldMapping.Column && parent instanceof FieldMapping.Column));
  }

  private static Failure unfit(TableConfig table, String why) {
    return new Failure(
        Failure.Kind.CONFIGURATION,
        "LEVELS_KEY",
        "Rows of %s name rows of the same table and can be written only once, so that parents must be loaded first; but %s."
            .formatted(table.name(), why),
        "Feed one lookup into the table's own object from as many columns as the external id, in"
            + " the same way; or make the others changeable, so that they are set in a second"
            + " pass.");
  }

  /** The rows with so many ancestors. */
  public TableConfig generation(int ancestors) {
    return whole.pass(
        PassKind.level(whole.name(), ancestors),
        whole.source().narrowed(new RowFilter.Depth(ancestors, false, key, parent)));
  }
}
