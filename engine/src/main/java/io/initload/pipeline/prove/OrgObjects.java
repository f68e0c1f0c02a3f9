package io.initload.pipeline.prove;

import io.initload.pipeline.prepare.Prepared;
import io.initload.pipeline.prove.Certificate.OrgObject;
import io.initload.pipeline.prove.Certificate.Strangers;
import io.initload.pipeline.work.RemovedTables;
import io.initload.pipeline.work.Workbench;
import io.initload.plan.Snapshot;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/** Looks at each object for what this migration did not write: changes, and records of others. */
public final class OrgObjects {
  private final Workbench bench;
  private final Changes changes;
  private final StrangerSearch search;
  private final List<String> notes;

  /**
   * @param findings are added to, as are notes
   */
  public OrgObjects(Workbench bench, Changes changes, List<String> findings, List<String> notes) {
    this.bench = bench;
    this.changes = changes;
    this.search = new StrangerSearch(bench, changes, findings, notes);
    this.notes = notes;
  }

  /**
   * Looks at the objects of some passes.
   *
   * @param passes in load order, with where their rows can be read
   * @param tables what the books say of them
   */
  public List<OrgObject> of(
      Map<Prepared, Optional<Snapshot>> passes, List<Certificate.Table> tables)
      throws InterruptedException {
    Map<String, Map<Prepared, Optional<Snapshot>>> byObject = new TreeMap<>();
    passes.forEach(
        (pass, at) ->
            byObject
                .computeIfAbsent(pass.config().object(), o -> new LinkedHashMap<>())
                .put(pass, at));
    // Where the mapping leads by now, nothing may have been loaded.
    byObject.keySet().retainAll(tables.stream().map(Certificate.Table::object).toList());
    List<OrgObject> objects = new ArrayList<>();
    for (Map<Prepared, Optional<Snapshot>> of : byObject.values()) {
      objects.add(of(of, tables, of.keySet().iterator().next()));
    }
    return objects;
  }

  private OrgObject of(
      Map<Prepared, Optional<Snapshot>> passes, List<Certificate.Table> tables, Prepared one)
      throws InterruptedException {
    String object = one.config().object();
    List<Certificate.Table> of = tables.stream().filter(t -> t.object().equals(object)).toList();
    long created = of.stream().mapToLong(Certificate.Table::created).sum();
    Certificate.Changed changed = changes.of(one, notes);
    say(object, changed);
    return new OrgObject(
        object,
        one.config().externalId(),
        changed,
        whole(passes, object) && !rows(passes).isEmpty()
            ? search.of(rows(passes), created, surplus(of, created))
            : new Strangers(OptionalLong.empty(), List.of()));
  }

  private static boolean surplus(List<Certificate.Table> of, long created) {
    OptionalLong now = of.get(0).targetRows();
    boolean known = now.isPresent() && of.stream().allMatch(t -> t.targetBefore().isPresent());
    return known
        && now.getAsLong()
            > created + of.stream().mapToLong(t -> t.targetBefore().getAsLong()).min().orElse(0);
  }

  private void say(String object, Certificate.Changed changed) {
    if (changed.sampled() > 0) {
      notes.add(
          "%s: %,d rows of the sample differ in records that were changed in the org after they were written: that is no difference."
              .formatted(object, changed.sampled()));
    }
    if (changed.records().orElse(0) > 0) {
      notes.add(
          "%s: %,d records were changed in the org after the last job had ended (%s)."
              .formatted(
                  object,
                  changed.records().getAsLong(),
                  changed.after().map(Object::toString).orElse("")));
    }
  }

  /** Whether all tables that are loaded into an object, and by one key, are among the passes. */
  private boolean whole(Map<Prepared, Optional<Snapshot>> passes, String object) {
    long all = new RemovedTables(bench).into(object);
    long here = passes.keySet().stream().map(Prepared::table).distinct().count();
    long keys = passes.keySet().stream().map(p -> p.config().externalId()).distinct().count();
    return here == all && keys == 1;
  }

  /** Those that make records: together they have all rows. */
  private static Map<Prepared, Optional<Snapshot>> rows(Map<Prepared, Optional<Snapshot>> passes) {
    Map<Prepared, Optional<Snapshot>> rows = new LinkedHashMap<>();
    passes.forEach(
        (pass, at) -> {
          if (pass.kind().makesRecords()) {
            rows.put(pass, at);
          }
        });
    return rows;
  }
}
