package io.initload.pipeline.prepare.pass;

import io.initload.config.FieldMapping;
import io.initload.config.OrphanPolicy;
import io.initload.config.SourceName;
import io.initload.config.TableConfig;
import io.initload.config.TableConfig.Nulls;
import io.initload.config.rows.RowFilter;
import io.initload.plan.PassKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Takes a table apart whose lookups name rows that are not there when its own rows are loaded:
 * first the rows without these lookups, then, when all of them are there, the lookups alone, of the
 * rows that have one. Each is read like a table of its own.
 */
public final class LinkPass {
  private final TableConfig whole;
  private final Set<String> waiting;

  /**
   * @param waiting the fields that cannot be set at first, as the mapping has them
   */
  public LinkPass(TableConfig whole, Set<String> waiting) {
    this.whole = whole;
    this.waiting =
        waiting.stream().map(field -> field.toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
  }

  /** The table without them. */
  public TableConfig rows() {
    return whole.with(whole.fields().stream().filter(field -> !waits(field)).toList());
  }

  /**
   * They and the external id.
   *
   * @param phase the last one in which rows that they name are loaded
   */
  public TableConfig links(String phase) {
    List<FieldMapping> fields =
        whole.fields().stream()
            .filter(field -> waits(field) || field.field().equals(whole.externalId()))
            .toList();
    return new TableConfig(
        PassKind.LINKS.of(whole.name()),
        linked(),
        whole.object(),
        phase,
        whole.externalId(),
        fields,
        whole.chunking(),
        whole.concurrency(),
        whole.retries(),
        whole.stopAfterErrors(),
        Nulls.IGNORE,
        whole.sourceZone(),
        whole.zoneGiven(),
        whole.values(),
        whole.hierarchy().with(emptied()),
        List.of());
  }

  private boolean waits(FieldMapping field) {
    return waiting.contains(field.field().toLowerCase(Locale.ROOT));
  }

  /** The rows of which one of them is not null. */
  private SourceName linked() {
    List<List<String>> groups =
        whole.fields().stream().filter(this::waits).map(this::given).toList();
    Set<String> emptied = emptied().keySet();
    return whole
        .source()
        .beside(whole.source().parents().stream().filter(p -> emptied.contains(p.field())).toList())
        .narrowed(new RowFilter.Given(groups));
  }

  /** The columns of a lookup, and what tells whether its parent is there. */
  private List<String> given(FieldMapping field) {
    List<String> columns = new ArrayList<>(field.feed().columns());
    if (emptied().containsKey(field.field())) {
      whole.source().parents().stream()
          .filter(parents -> parents.field().equals(field.field()))
          .forEach(parents -> columns.add(parents.column()));
    }
    return columns;
  }

  /** Rows that the first pass holds back are not linked in any case. */
  private Map<String, OrphanPolicy> emptied() {
    Map<String, OrphanPolicy> emptied = new HashMap<>(whole.hierarchy().orphans());
    emptied.values().removeIf(policy -> policy != OrphanPolicy.NULL);
    return emptied;
  }
}
