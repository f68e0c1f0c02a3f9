package io.initload.simulator.soql.run;

import io.initload.simulator.soql.RecordSource;
import io.initload.simulator.soql.bind.Lookup;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Looks up parents and semi-joins in the org, each answer kept for the next row. Belongs to one run
 * of one query.
 */
final class CachedLookup implements Lookup {
  private static final int PARENTS_KEPT_MAX = 512;

  private final RecordSource source;
  private final RecordSource.Visibility visibility;
  private final IntFunction<Set<Object>> semiJoins;
  private final Map<String, Optional<Parent>> parents =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Optional<Parent>> eldest) {
          return size() > PARENTS_KEPT_MAX;
        }
      };
  private final Map<Integer, Set<Object>> answers = new HashMap<>();

  /** {@code semiJoins} runs a subquery of the query, given its position. */
  CachedLookup(
      RecordSource source, RecordSource.Visibility visibility, IntFunction<Set<Object>> semiJoins) {
    this.source = source;
    this.visibility = visibility;
    this.semiJoins = semiJoins;
  }

  @Override
  public @Nullable Parent parent(String id) {
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

  @Override
  public Set<Object> answers(int subquery) {
    return answers.computeIfAbsent(subquery, semiJoins::apply);
  }
}
