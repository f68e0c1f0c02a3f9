package io.initload.simulator.soql.bind;

import io.initload.simulator.soql.ObjectShape;
import io.initload.simulator.soql.RecordSource;
import io.initload.simulator.soql.StoredRecord;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What evaluating one row may need beyond the row: parents and the answers of semi-joins. Belongs
 * to one run of one query.
 */
public final class Lookup {
  private static final int PARENTS_KEPT_MAX = 512;

  private final RecordSource source;
  private final RecordSource.Visibility visibility;
  private final Function<BoundQuery, Set<Object>> semiJoins;
  private final Map<String, Optional<Parent>> parents =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Optional<Parent>> eldest) {
          return size() > PARENTS_KEPT_MAX;
        }
      };
  private final Map<BoundQuery, Set<Object>> answers = new LinkedHashMap<>();

  /** A parent record and its object. */
  record Parent(ObjectShape shape, StoredRecord record) {}

  public Lookup(
      RecordSource source,
      RecordSource.Visibility visibility,
      Function<BoundQuery, Set<Object>> semiJoins) {
    this.source = source;
    this.visibility = visibility;
    this.semiJoins = semiJoins;
  }

  /** The record a reference points to; null if it points nowhere visible. */
  @Nullable Parent parent(String id) {
    Optional<Parent> known = parents.get(id);
    if (known == null) {
      known =
          source
              .objectOf(id)
              .flatMap(
                  shape ->
                      source.byId(shape, id, visibility).map(record -> new Parent(shape, record)));
      parents.put(id, known);
    }
    return known.orElse(null);
  }

  /** The values a semi-join's subquery selects. */
  Set<Object> answers(BoundQuery query) {
    return answers.computeIfAbsent(query, semiJoins);
  }
}
