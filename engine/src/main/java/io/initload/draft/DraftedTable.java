package io.initload.draft;

import io.initload.config.SourceName;
import java.util.List;
import java.util.Optional;

/**
 * What is drafted of one table.
 *
 * @param object empty where none was found
 * @param match why that object
 * @param rows by the statistics; -1 when there are none
 * @param phase empty where the table is not loaded
 * @param key what feeds the external id; empty where nothing can
 * @param keyMade whether that field is yet to be made in the org
 * @param fields what is loaded, without the key
 * @param proposals what may be loaded if a person says so
 * @param gaps what has no place, a sentence each
 * @param obstacle why the table cannot be loaded as it stands; empty where it can
 */
public record DraftedTable(
    SourceName source,
    String object,
    Reason match,
    long rows,
    String phase,
    Optional<FieldMatch> key,
    boolean keyMade,
    List<FieldMatch> fields,
    List<FieldMatch> proposals,
    List<String> gaps,
    String obstacle) {
  public DraftedTable {
    fields = List.copyOf(fields);
    proposals = List.copyOf(proposals);
    gaps = List.copyOf(gaps);
  }

  /** Whether it stands in the file as something that is loaded. */
  public boolean loaded() {
    return obstacle.isEmpty();
  }

  /** The field that is the upsert key; empty where there is none. */
  public String externalId() {
    return key.map(FieldMatch::field).orElse("");
  }

  DraftedTable in(String otherPhase) {
    return new DraftedTable(
        source, object, match, rows, otherPhase, key, keyMade, fields, proposals, gaps, obstacle);
  }
}
