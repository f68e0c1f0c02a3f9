package io.initload.pipeline.prove;

import io.initload.pipeline.prepare.Prepared;
import io.initload.pipeline.prove.Certificate.Strangers;
import io.initload.pipeline.work.Workbench;
import io.initload.plan.Snapshot;
import io.initload.salesforce.QueryRows;
import io.initload.salesforce.Soql;
import io.initload.salesforce.errors.OrgException;
import io.initload.salesforce.records.RecordCount;
import io.initload.source.SourceFailure;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Finds records with an external id that were created since the first row was loaded and that the
 * source does not have. Looked at are those that another user created, and all where the org has
 * more of the loading user than the books: each key is asked of the source. Of the first moments,
 * in which clocks may disagree, nothing is said: what was there a second before is none of them.
 * For one thread.
 */
public final class StrangerSearch {
  private static final String CREATED = "CreatedDate";
  private static final String CREATOR = "CreatedById";

  /** Keys that the source is asked for at once. */
  private static final int KEYS = 200;

  /** Records whose keys are asked for: some thousand statements. */
  private static final long LOOKED_AT_MAX = 1_000_000;

  private static final int SHOWN = 100;

  private final Workbench bench;
  private final OrgTimes times;
  private final List<String> findings;
  private final List<String> notes;

  /**
   * @param findings are added to, as are notes
   */
  public StrangerSearch(
      Workbench bench, Changes changes, List<String> findings, List<String> notes) {
    this.bench = bench;
    this.times = changes.times();
    this.findings = findings;
    this.notes = notes;
  }

  /**
   * Searches an object.
   *
   * @param passes those that make records of it, with where their rows can be read; all tables that
   *     are loaded into it
   * @param created records that the books have as created
   * @param surplus whether there are more records than those and the ones there before
   */
  public Strangers of(Map<Prepared, Optional<Snapshot>> passes, long created, boolean surplus)
      throws InterruptedException {
    Prepared one = passes.keySet().iterator().next();
    String object = one.config().object();
    String key = one.config().externalId();
    if (bench.ledger().writes().first().isEmpty()) {
      return new Strangers(OptionalLong.empty(), List.of()); // Nothing was sent.
    }
    Optional<String> since = since(passes.keySet());
    if (since.isEmpty()) {
      return unknown(object, "the org does not date their creation, or the migration does");
    }
    String others = since.get() + " AND " + CREATOR + " != " + Soql.quote(bench.org().userId());
    OptionalLong ofOthers = count(object, key, others);
    OptionalLong all = count(object, key, since.get());
    if (all.isEmpty() || ofOthers.isEmpty()) {
      return unknown(object, "the org could not count them");
    }
    boolean more = surplus || all.getAsLong() - ofOthers.getAsLong() > created;
    long looked = more ? all.getAsLong() : ofOthers.getAsLong();
    if (looked == 0) {
      return new Strangers(OptionalLong.of(0), List.of());
    }
    if (looked > LOOKED_AT_MAX) {
      return unknown(object, "%,d records would have to be looked at".formatted(looked));
    }
    if (passes.values().stream().anyMatch(Optional::isEmpty)) {
      return unknown(object, "the source cannot be asked for its keys any more");
    }
    return search(passes, key, more ? since.get() : others);
  }

  private Strangers unknown(String object, String why) {
    notes.add(
        "%s: nobody can say whether it has records that the source does not have: %s."
            .formatted(object, why));
    return new Strangers(OptionalLong.empty(), List.of());
  }

  private Optional<String> since(Set<Prepared> passes) {
    boolean dated =
        passes.stream()
            .allMatch(
                p ->
                    p.object().field(CREATED).isPresent()
                        && p.object().field(CREATOR).isPresent()
                        && p.mapping().header().stream().noneMatch(StrangerSearch::fed));
    return dated
        ? bench.ledger().writes().first().map(at -> CREATED + " >= " + times.surelyAfter(at))
        : Optional.empty();
  }

  /** Where the migration sets them they tell nothing; users may be named by keys of theirs too. */
  private static boolean fed(String field) {
    return field.equals(CREATED) || field.equals(CREATOR) || field.contains("CreatedBy.");
  }

  private OptionalLong count(String object, String key, String besides)
      throws InterruptedException {
    return new RecordCount(bench.org(), object, key, besides).count().records();
  }

  private Strangers search(Map<Prepared, Optional<Snapshot>> passes, String key, String which)
      throws InterruptedException {
    String object = passes.keySet().iterator().next().config().object();
    QueryRows rows =
        bench
            .org()
            .query(
                "SELECT %s FROM %s WHERE %s != null AND %s ORDER BY Id"
                    .formatted(key, object, key, which));
    Found found = new Found();
    Map<Prepared, SourceKeys> sources = new LinkedHashMap<>();
    passes.forEach((pass, at) -> sources.put(pass, new SourceKeys(bench, pass, at.orElseThrow())));
    List<String> group = new ArrayList<>();
    try {
      for (Optional<Map<String, String>> row = rows.next(); row.isPresent(); row = rows.next()) {
        group.add(row.get().getOrDefault(key, ""));
        if (group.size() == KEYS) {
          look(sources, group, found);
          group.clear();
        }
      }
    } catch (OrgException.Refused e) {
      if (!e.isTimeout()) {
        throw e;
      }
      return unknown(object, "listing them takes the org too long");
    } catch (SourceFailure e) {
      return lost(object, e);
    }
    try {
      look(sources, group, found);
    } catch (SourceFailure e) {
      return lost(object, e);
    }
    say(object, found);
    return new Strangers(OptionalLong.of(found.strangers), found.first);
  }

  private Strangers lost(String object, SourceFailure e) {
    if (!e.action().losesSnapshot()) {
      throw e;
    }
    return unknown(object, "the source cannot be asked for its keys any more");
  }

  private static void look(Map<Prepared, SourceKeys> sources, List<String> group, Found found) {
    Map<String, String> left = new LinkedHashMap<>();
    Set<String> unknown = new HashSet<>();
    sources
        .keySet()
        .forEach(pass -> group.forEach(id -> left.put(pass.keyForm().canonical(id), id)));
    sources.forEach(
        (pass, keys) -> {
          SourceKeys.Answer answer = keys.of(List.copyOf(left.values()));
          answer.there().forEach(left::remove);
          unknown.addAll(answer.unknown());
        });
    left.forEach(
        (canonical, id) -> {
          if (unknown.contains(canonical)) {
            found.unknown++;
          } else {
            found.strangers++;
            if (found.first.size() < SHOWN) {
              found.first.add(id);
            }
          }
        });
  }

  private void say(String object, Found found) {
    if (found.strangers > 0) {
      findings.add(
          "%s: %,d records were created in the org since the first row was loaded that the source does not have, with the external ids %s%s."
              .formatted(
                  object,
                  found.strangers,
                  String.join(", ", found.first.subList(0, Math.min(10, found.first.size()))),
                  found.strangers > 10 ? " and others" : ""));
    }
    if (found.unknown > 0) {
      notes.add(
          "%s: of %,d records that the books do not have, nobody can tell whether the source has them: it cannot be asked for their external ids, which cannot be taken apart into its columns or are not stored as they were loaded."
              .formatted(object, found.unknown));
    }
  }

  /** What was found so far. */
  private static final class Found {
    private final List<String> first = new ArrayList<>();
    private long strangers;
    private long unknown;
  }
}
