package io.initload.pipeline.profile;

import io.initload.config.MigrationConfig;
import io.initload.config.SourceName;
import io.initload.config.SourceName.Parents;
import io.initload.config.TableConfig;
import io.initload.evidence.rows.DataProfile;
import io.initload.evidence.rows.TableProfile;
import io.initload.mapping.Finding;
import io.initload.pipeline.prepare.Lookups;
import io.initload.pipeline.prepare.OrphanLooks;
import io.initload.pipeline.prepare.Prepared;
import io.initload.pipeline.prepare.TableChecks;
import io.initload.pipeline.prepare.UnmappedValues;
import io.initload.pipeline.prepare.org.DescribedObjects;
import io.initload.plan.Snapshot;
import io.initload.salesforce.Org;
import io.initload.source.SourceDatabase;
import io.initload.source.TableScanner;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Counts, before a row moves, the rows that will not arrive or not as they are, where they lie and
 * at one snapshot. Reads only. For one thread.
 */
public final class DataProfiling {
  private final MigrationConfig config;
  private final SourceDatabase source;
  private final TableChecks checks;
  private final OrphanLooks looks;
  private final Snapshot snapshot;
  private final long sampleRows;
  private final Set<String> begun = new HashSet<>();
  private final Map<String, TableProfile> seen = new HashMap<>();

  /** What the rows meet that get to the org, of tables of which others do not. */
  private final Map<String, String> arriving = new HashMap<>();

  /**
   * @param sampleRows of a table that has more, about so many are looked at; 0 for all rows of all
   */
  public DataProfiling(MigrationConfig config, SourceDatabase source, Org org, long sampleRows) {
    // What is wrong with a mapping is validate's to say: such a table is left out.
    List<Finding> said = new ArrayList<>();
    Lookups lookups = new Lookups(config);
    this.config = config;
    this.source = source;
    this.checks = new TableChecks(source, org, lookups, said);
    this.looks = new OrphanLooks(source, new DescribedObjects(org), lookups, said);
    this.snapshot = source.snapshot();
    this.sampleRows = sampleRows;
  }

  /**
   * All tables that both sides agree with.
   *
   * @param at what the time is
   */
  public DataProfile profile(Instant at) throws InterruptedException {
    List<TableProfile> profiles = new ArrayList<>();
    List<String> leftOut = new ArrayList<>();
    for (TableConfig table : config.tables()) {
      look(table);
      Optional.ofNullable(seen.get(table.name()))
          .ifPresentOrElse(profiles::add, () -> leftOut.add(table.name()));
    }
    return new DataProfile(config.name(), at, source.described(snapshot), profiles, leftOut);
  }

  /** Looks through a table once, behind those that its rows name. */
  private void look(TableConfig table) throws InterruptedException {
    if (!begun.add(table.name())) {
      return;
    }
    Optional<Prepared> prepared = checks.check(table);
    if (prepared.isPresent()) {
      List<OrphanLooks.Lookup> lookups = lookups(prepared.get());
      for (OrphanLooks.Lookup lookup : lookups) {
        for (TableConfig home : lookup.homes()) {
          look(home);
        }
      }
      look(prepared.get(), lookups);
    }
  }

  private void look(Prepared prepared, List<OrphanLooks.Lookup> lookups) {
    Map<Parents, Parents> sound = new LinkedHashMap<>();
    List<Parents> looked = new ArrayList<>();
    for (OrphanLooks.Lookup lookup : lookups) {
      lookup.look().ifPresent(looked::add);
      lookup.look().ifPresent(all -> sound(lookup, all).ifPresent(some -> sound.put(all, some)));
    }
    List<Parents> beside = new ArrayList<>(looked);
    beside.addAll(sound.values());
    TableConfig config = prepared.config().beside(beside);
    Prepared table = prepared.beside(beside, source.shape(config.source()));
    List<String> unseen = new ArrayList<>();
    List<DataCheck> asked = checks(table, unseen);
    TableCheckList list = new TableCheckList(table);
    looked.forEach(one -> asked.add(list.orphans(one)));
    sound.forEach((all, some) -> asked.add(list.lostParents(all, some)));
    lookups.forEach(one -> unseen.addAll(unseen(one)));
    look(table, asked, unseen);
  }

  /** What is not known of the parents that a lookup leads to. */
  private List<String> unseen(OrphanLooks.Lookup lookup) {
    String field = lookup.field().field();
    if (lookup.look().isEmpty()) {
      return List.of(field + ": whether parents are there: " + lookup.fault());
    }
    List<String> unseen = new ArrayList<>();
    for (TableConfig home : lookup.homes()) {
      TableProfile profile = seen.get(home.name());
      if (profile == null || profile.sampled()) {
        unseen.add(
            "%s: which parents of %s will not get to the org: %s"
                .formatted(
                    field,
                    home.name(),
                    profile == null ? "they are not looked at before" : "a sample does not tell"));
      }
    }
    return unseen;
  }

  private void look(Prepared table, List<DataCheck> asked, List<String> unseen) {
    long estimate = sampleRows > 0 ? rows(table) : 0;
    double percent = estimate > sampleRows && sampleRows > 0 ? 100.0 * sampleRows / estimate : 100;
    TableScanner scanner = source.scanner(table.config(), snapshot, percent);
    TableProfiling profiling = new TableProfiling(table, scanner, asked, unseen);
    TableProfile profile = profiling.profile(estimate);
    seen.put(table.table(), profile);
    if (profile.lost() > 0) {
      arriving.put(table.table(), profiling.sound());
    }
  }

  /** The look that takes only parents that get to the org; empty where all of them do. */
  private Optional<Parents> sound(OrphanLooks.Lookup lookup, Parents all) {
    List<SourceName.Among> among = new ArrayList<>();
    for (int i = 0; i < lookup.homes().size(); i++) {
      SourceName.Among home = all.among().get(i);
      String arrives = arriving.getOrDefault(lookup.homes().get(i).name(), "");
      among.add(
          arrives.isEmpty()
              ? home
              : new SourceName.Among(narrowed(home.rows(), arrives), home.key()));
    }
    return among.equals(all.among())
        ? Optional.empty()
        : Optional.of(
            new Parents("arriving " + all.field(), all.columns(), among, all.foldsCase()));
  }

  private static SourceName narrowed(SourceName rows, String condition) {
    return rows.where(
        rows.where().isEmpty() ? condition : "(" + rows.where() + ") AND " + condition);
  }

  /** Those that are fed from columns, and not turned into ids here. */
  private List<OrphanLooks.Lookup> lookups(Prepared table) {
    List<String> fed =
        FedField.of(table).stream()
            .filter(field -> !field.columns().isEmpty())
            .map(FedField::name)
            .toList();
    return looks.all(table.config(), table.object()).stream()
        .filter(one -> fed.contains(one.field().field()))
        .toList();
  }

  /** By the statistics; counted where there are none. */
  private long rows(Prepared table) {
    long estimate = table.shape().rowEstimate();
    boolean some = !table.config().source().where().isEmpty();
    return estimate < 0 || some
        ? source.count(table.config(), source.at(table.config().source(), snapshot))
        : estimate;
  }

  private List<DataCheck> checks(Prepared table, List<String> unseen) {
    List<FedField> fields = FedField.of(table);
    TableCheckList list = new TableCheckList(table);
    List<DataCheck> asked = new ArrayList<>();
    for (FedField field : fields) {
      asked.addAll(FieldChecks.of(field));
      Unseen.of(field).ifPresent(unseen::add);
    }
    asked.addAll(list.numbers());
    list.wide(fields).ifPresent(asked::add);
    for (UnmappedValues.Lacking lacking : new UnmappedValues(source, table).lacking()) {
      lacking
          .condition()
          .ifPresentOrElse(
              condition -> asked.add(list.unmapped(lacking.asked(), condition)),
              () ->
                  unseen.add(
                      "%s: whether the map %s has all values"
                          .formatted(
                              String.join(", ", lacking.asked().columns()),
                              lacking.asked().map().name())));
    }
    return asked;
  }
}
