package io.initload.pipeline;

import io.initload.Failure;
import io.initload.config.Affinity;
import io.initload.config.FieldMapping;
import io.initload.config.MigrationConfig;
import io.initload.config.TableConfig;
import io.initload.mapping.Compiled;
import io.initload.mapping.Finding;
import io.initload.mapping.MappingCompiler;
import io.initload.mapping.TargetObject;
import io.initload.pipeline.prepare.FlashbackCheck;
import io.initload.pipeline.prepare.Prepared;
import io.initload.pipeline.work.Stop;
import io.initload.plan.ChunkBounds;
import io.initload.plan.LoadEstimate;
import io.initload.plan.LoadOrder;
import io.initload.plan.PlannedChunk;
import io.initload.salesforce.Org;
import io.initload.source.SourceDatabase;
import io.initload.source.TableShape;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Holds a configuration against both sides before anything is written: tables and columns against
 * the database, objects and fields against the org. All findings are gathered, then judged.
 */
public final class Preparation {
  private final MigrationConfig config;
  private final SourceDatabase source;
  private final Org org;
  private final Map<String, Optional<TargetObject>> objects =
      new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
  private final Map<String, Prepared> tables = new LinkedHashMap<>();
  private final List<Finding> findings = new ArrayList<>();
  private final Set<String> chosen;
  private LoadOrder order = new LoadOrder(List.of(), List.of());

  private Preparation(MigrationConfig config, SourceDatabase source, Org org, Set<String> chosen) {
    this.config = config;
    this.source = source;
    this.org = org;
    this.chosen = chosen;
  }

  /** Looks at everything; findings of severity ERROR are not thrown, see {@link #require}. */
  public static Preparation of(MigrationConfig config, SourceDatabase source, Org org)
      throws InterruptedException {
    return of(config, source, org, Set.of());
  }

  /**
   * As {@link #of(MigrationConfig, SourceDatabase, Org)}, but looks only at some tables, and at
   * those they look up in the same phase or a later one: whether that makes a circle, and how deep
   * a table lies in its phase, is known of some as of all.
   *
   * @param chosen names of tables; empty for all
   */
  public static Preparation of(
      MigrationConfig config, SourceDatabase source, Org org, Set<String> chosen)
      throws InterruptedException {
    Preparation preparation = new Preparation(config, source, org, Set.copyOf(chosen));
    preparation.look();
    preparation.order();
    return preparation;
  }

  private void look() throws InterruptedException {
    Deque<TableConfig> left = new ArrayDeque<>();
    config.tables().stream().filter(t -> isChosen(t.name())).forEach(left::add);
    Set<String> seen = new HashSet<>();
    while (!left.isEmpty()) {
      TableConfig table = left.remove();
      if (!seen.add(table.name())) {
        continue;
      }
      look(table);
      Prepared prepared = tables.get(table.name());
      if (prepared == null) {
        continue;
      }
      int phase = config.phases().indexOf(table.phase());
      config.tables().stream()
          .filter(other -> prepared.parents().contains(other.name()))
          .filter(other -> config.phases().indexOf(other.phase()) >= phase)
          .forEach(left::add);
    }
  }

  private boolean isChosen(String table) {
    return chosen.isEmpty() || chosen.contains(table);
  }

  /** Everything found, in the order of the configuration. */
  public List<Finding> findings() {
    return List.copyOf(findings);
  }

  /**
   * As {@link #findings()}, and whether the source keeps a snapshot for long enough, by the
   * statistics of the tables; asks the source.
   */
  public List<Finding> preflight() {
    List<LoadEstimate> groups =
        config.phases().stream()
            .flatMap(phase -> groups(phase).stream())
            .map(group -> group.stream().map(this::byStatistics))
            .map(group -> group.reduce(LoadEstimate.NONE, LoadEstimate::plus))
            .toList();
    List<Prepared> asked =
        tables.values().stream().filter(t -> isChosen(t.config().name())).toList();
    FlashbackCheck undo = FlashbackCheck.of(config, source, asked, groups);
    return Stream.concat(findings.stream(), undo.findings().stream()).toList();
  }

  private LoadEstimate byStatistics(Prepared table) {
    long rows = Math.max(0, table.shape().rowEstimate());
    return table.estimate(
        List.of(new PlannedChunk(new ChunkBounds.Whole(), rows, false)), config.staging());
  }

  /**
   * The tables in load order by phase: tables of one group do not look each other up. The place of
   * a group says how deep its tables lie; it may be empty.
   *
   * @throws Failure {@code PREFLIGHT} naming every finding of severity ERROR
   */
  public Map<String, List<List<Prepared>>> require() {
    return require(Set.of());
  }

  /** As {@link #require()}: the tables alone, in load order. */
  public List<Prepared> requireTables() {
    return require().values().stream().flatMap(List::stream).flatMap(List::stream).toList();
  }

  /**
   * As {@link #require()}, but only what is wrong with some tables counts; others that cannot be
   * loaded are left out.
   *
   * @param chosen names of tables; empty for all
   */
  public Map<String, List<List<Prepared>>> require(Set<String> chosen) {
    List<Finding> errors =
        findings.stream()
            .filter(f -> f.severity() == Finding.Severity.ERROR)
            .filter(f -> chosen.isEmpty() || concerns(f, chosen))
            .toList();
    if (!errors.isEmpty()) {
      throw new Failure(
          Failure.Kind.CONFIGURATION,
          errors.size() == 1 ? errors.get(0).code() : "PREFLIGHT",
          errors.stream()
              .map(f -> f.code() + " " + f.where() + ": " + f.message() + " " + f.remedy())
              .collect(Collectors.joining(System.lineSeparator())),
          "Mend the configuration and run the same command again.");
    }
    Map<String, List<List<Prepared>>> phases = new LinkedHashMap<>();
    config.phases().forEach(p -> phases.put(p, groups(p)));
    return phases;
  }

  private static boolean concerns(Finding finding, Set<String> tables) {
    String where = finding.where();
    return where.equals("tables")
        || tables.stream().anyMatch(t -> where.equals("tables " + t) || where.startsWith(t + "."));
  }

  /**
   * Chosen tables of a phase in groups: each looks up only tables of earlier groups, or other
   * phases.
   */
  private List<List<Prepared>> groups(String phase) {
    Map<String, Integer> levels = new LinkedHashMap<>();
    List<List<Prepared>> groups = new ArrayList<>();
    for (String name : order.tables()) {
      Prepared table = tables.get(name);
      if (table == null || !table.config().phase().equals(phase)) {
        continue;
      }
      int level =
          table.parents().stream().mapToInt(p -> levels.getOrDefault(p, -1) + 1).max().orElse(0);
      levels.put(name, level);
      while (groups.size() <= level) {
        groups.add(new ArrayList<>());
      }
      if (isChosen(name)) {
        groups.get(level).add(table);
      }
    }
    return groups;
  }

  private void look(TableConfig table) throws InterruptedException {
    Optional<TableShape> shape = Optional.empty();
    try {
      shape = Optional.of(source.shape(table.source()));
      source.probe(table.source());
    } catch (Failure e) {
      note(table, e);
    }
    Optional<TargetObject> object = describe(table);
    if (shape.isEmpty() || object.isEmpty()) {
      return;
    }
    Compiled compiled =
        MappingCompiler.compile(table, shape.get().columns(), object.get(), name -> parent(name));
    findings.addAll(compiled.findings());
    if (!compiled.errors().isEmpty()) {
      return;
    }
    tables.put(
        table.name(),
        new Prepared(
            together(table, shape.get(), object.get()),
            shape.get(),
            object.get(),
            compiled,
            parents(table, object.get())));
  }

  /** The table with the column by which rows of one parent may be kept together. */
  private TableConfig together(TableConfig table, TableShape shape, TargetObject object) {
    if (table.chunking().affinity().mode() != Affinity.Mode.AUTO) {
      return table;
    }
    List<String> columns = new ArrayList<>();
    for (FieldMapping field : table.fields()) {
      if (field.feed() instanceof FieldMapping.Column column
          && !parentsOf(field.field(), object).isEmpty()) {
        columns.add(column.name());
      }
    }
    return columns.stream()
        .filter(shape::keyBegins)
        .findFirst()
        .or(() -> columns.stream().findFirst())
        .map(c -> table.with(table.chunking().with(new Affinity(Affinity.Mode.AUTO, c))))
        .orElse(table);
  }

  private Optional<TargetObject> describe(TableConfig table) throws InterruptedException {
    Optional<TargetObject> known = objects.get(table.object());
    if (known != null && known.isPresent()) {
      return known;
    }
    try {
      Optional<TargetObject> found = Optional.of(org.describe(table.object()));
      objects.put(table.object(), found);
      return found;
    } catch (Failure e) {
      note(table, e);
      return Optional.empty();
    }
  }

  /** A parent object, described once; empty when the user cannot see it. */
  private Optional<TargetObject> parent(String name) {
    Optional<TargetObject> known = objects.get(name);
    if (known != null) {
      return known;
    }
    Optional<TargetObject> found = Optional.empty();
    try {
      found = Optional.of(org.describe(name));
    } catch (Failure e) {
      if (e.kind() != Failure.Kind.CONFIGURATION) {
        throw e;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Stop.Stopped();
    }
    objects.put(name, found);
    return found;
  }

  private void note(TableConfig table, Failure e) {
    if (e.kind() != Failure.Kind.CONFIGURATION && !e.code().equals("SOURCE_PRIVILEGE")) {
      throw e;
    }
    findings.add(
        new Finding(
            e.code(),
            Finding.Severity.ERROR,
            "tables " + table.name(),
            String.valueOf(e.getMessage()),
            e.remedy()));
  }

  private void order() {
    List<LoadOrder.Table> all = new ArrayList<>();
    tables.forEach(
        (name, t) ->
            all.add(
                new LoadOrder.Table(
                    name, config.phases().indexOf(t.config().phase()), lookups(t))));
    try {
      order = LoadOrder.of(all);
    } catch (Failure e) {
      findings.add(
          new Finding(
              e.code(),
              Finding.Severity.ERROR,
              "tables",
              String.valueOf(e.getMessage()),
              e.remedy()));
      return;
    }
    for (LoadOrder.Lookup lookup : order.deferred()) {
      findings.add(
          new Finding(
              "LOOKUP_CYCLE",
              Finding.Severity.ERROR,
              lookup.table() + "." + lookup.field(),
              "It names a row of %s, which is loaded at the same time or later."
                  .formatted(lookup.parent()),
              "Load this lookup as a plain text field, or put the parent into an earlier phase."));
    }
  }

  /** The fields that name rows of configured tables by external id. */
  private List<LoadOrder.Lookup> lookups(Prepared table) {
    List<LoadOrder.Lookup> lookups = new ArrayList<>();
    for (String field : table.mapping().header()) {
      for (String parent : parentsOf(field, table.object())) {
        lookups.add(
            new LoadOrder.Lookup(table.config().name(), field, parent, required(field, table)));
      }
    }
    return lookups;
  }

  private static boolean required(String field, Prepared table) {
    return table
        .object()
        .relationship(relationship(field))
        .map(f -> !f.nillable() && !f.defaultedOnCreate())
        .orElse(false);
  }

  private static String relationship(String field) {
    return field.substring(field.indexOf(':') + 1, Math.max(0, field.indexOf('.')));
  }

  /** The configured tables whose object a CSV column {@code Type:Relationship.Field} leads to. */
  private Set<String> parentsOf(String field, TargetObject object) {
    Set<String> parents = new LinkedHashSet<>();
    if (!field.contains(".")) {
      return parents;
    }
    List<String> targets =
        field.contains(":")
            ? List.of(field.substring(0, field.indexOf(':')))
            : object.relationship(relationship(field)).map(f -> f.referenceTo()).orElse(List.of());
    for (TableConfig other : config.tables()) {
      if (targets.stream().anyMatch(t -> t.equalsIgnoreCase(other.object()))) {
        parents.add(other.name());
      }
    }
    return parents;
  }

  private Set<String> parents(TableConfig table, TargetObject object) {
    Set<String> parents = new LinkedHashSet<>();
    table.fields().forEach(f -> parents.addAll(parentsOf(f.field(), object)));
    return parents;
  }
}
