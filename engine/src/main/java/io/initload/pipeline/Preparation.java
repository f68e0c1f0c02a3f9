package io.initload.pipeline;

import io.initload.Failure;
import io.initload.LogContext;
import io.initload.config.MigrationConfig;
import io.initload.config.TableConfig;
import io.initload.config.rows.Choice;
import io.initload.mapping.Finding;
import io.initload.pipeline.prepare.AuditOverwrites;
import io.initload.pipeline.prepare.FlashbackCheck;
import io.initload.pipeline.prepare.Lookups;
import io.initload.pipeline.prepare.Phases;
import io.initload.pipeline.prepare.Prepared;
import io.initload.pipeline.prepare.TableChecks;
import io.initload.pipeline.prepare.pass.LevelPass;
import io.initload.pipeline.prepare.pass.LinkPass;
import io.initload.pipeline.prepare.trial.MaskedLoad;
import io.initload.pipeline.prepare.trial.TrialRows;
import io.initload.plan.ChunkBounds;
import io.initload.plan.LoadEstimate;
import io.initload.plan.LoadOrder;
import io.initload.plan.PassKind;
import io.initload.plan.PlannedChunk;
import io.initload.plan.TableLinks;
import io.initload.salesforce.Org;
import io.initload.source.SourceDatabase;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Holds a configuration against both sides before anything is written: tables and columns against
 * the database, objects and fields against the org. All findings are gathered, then judged.
 */
public final class Preparation {
  private final MigrationConfig config;
  private final SourceDatabase source;
  private final Lookups lookups;
  private final TableChecks checks;
  private final Map<String, Prepared> tables = new LinkedHashMap<>();
  private final List<Finding> findings = new ArrayList<>();
  private final Set<String> chosen;
  private LoadOrder order = new LoadOrder(List.of(), List.of(), List.of());
  private final Map<String, Prepared> links = new LinkedHashMap<>();
  private final Map<String, List<Prepared>> generations = new LinkedHashMap<>();
  private final Org org;
  private Optional<TrialRows> trial = Optional.empty();

  private Preparation(MigrationConfig config, SourceDatabase source, Org org, Set<String> chosen) {
    this.config = config;
    this.source = source;
    this.org = org;
    this.lookups = new Lookups(config);
    this.checks = new TableChecks(source, org, lookups, findings);
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
    preparation.findings.addAll(new AuditOverwrites(preparation.tables.values()).findings());
    preparation.choose();
    preparation.split();
    preparation.level();
    return preparation;
  }

  private void look() throws InterruptedException {
    findings.addAll(source.concerns());
    MaskedLoad.production(config, org).ifPresent(findings::add);
    Deque<TableConfig> left = new ArrayDeque<>();
    // Which rows a trial takes of a table depends on all that name it.
    config.tables().stream()
        .filter(t -> config.trial().isPresent() || isChosen(t.name()))
        .forEach(left::add);
    Set<String> seen = new HashSet<>();
    LogContext before = LogContext.current();
    while (!left.isEmpty()) {
      TableConfig table = left.remove();
      if (!seen.add(table.name())) {
        continue;
      }
      LogContext.table(table.name());
      Optional<Prepared> prepared = checks.check(table);
      prepared.ifPresent(p -> tables.put(table.name(), p));
      prepared.ifPresent(p -> left.addAll(notBefore(p)));
    }
    before.restore();
    findings.addAll(MaskedLoad.named(tables.values(), lookups));
  }

  /** The parents that are loaded in the table's own phase, or wrongly in a later one. */
  private List<TableConfig> notBefore(Prepared table) {
    int phase = config.phases().indexOf(table.config().phase());
    return config.tables().stream()
        .filter(other -> table.parents().contains(other.name()))
        .filter(other -> config.phases().indexOf(other.phase()) >= phase)
        .toList();
  }

  private boolean isChosen(String table) {
    return chosen.isEmpty() || chosen.contains(table);
  }

  /** Everything found, in the order of the configuration. */
  public List<Finding> findings() {
    return List.copyOf(findings);
  }

  /**
   * As {@link #findings()}, and whether the source would take the statements of planning and
   * reading, keeps a snapshot for long enough, by the statistics of the tables, and has numbers
   * that their fields do not hold, by the first rows; asks the source. What one table cannot be
   * planned for keeps no other from it, so that a run does not ask this.
   */
  public List<Finding> preflight() {
    List<Prepared> asked = tables.values().stream().filter(t -> isChosen(t.name())).toList();
    asked.forEach(checks::rehearse);
    List<LoadEstimate> groups =
        config.phases().stream()
            .flatMap(phase -> groups(phase).stream())
            .map(group -> group.stream().map(this::byStatistics))
            .map(group -> group.reduce(LoadEstimate.NONE, LoadEstimate::plus))
            .toList();
    FlashbackCheck undo = FlashbackCheck.of(config, source, asked, groups);
    return Stream.concat(findings.stream(), undo.findings().stream()).toList();
  }

  private LoadEstimate byStatistics(Prepared table) {
    long all = Math.max(0, table.shape().rowEstimate());
    long rows = config.trial().map(some -> some.about(all)).orElse(all);
    return table.estimate(
        List.of(new PlannedChunk(new ChunkBounds.Whole(), rows, false)), config.staging());
  }

  /**
   * The tables in load order by phase: tables of one group do not look each other up. The place of
   * a group says how deep its tables lie; it may be empty.
   *
   * @throws Failure {@code PREFLIGHT} naming every finding of severity ERROR about what is chosen,
   *     and about the tables that say how that is cut into passes; what is wrong with others stops
   *     none of these
   */
  public Phases require() {
    List<Finding> errors =
        findings.stream().filter(f -> f.severity() == Finding.Severity.ERROR).toList();
    if (!errors.isEmpty()) {
      throw new Failure(
          Failure.Kind.CONFIGURATION,
          errors.size() == 1 ? errors.get(0).code() : "PREFLIGHT",
          errors.stream()
              .map(f -> f.code() + " " + f.where() + ": " + f.message() + " " + f.remedy())
              .collect(Collectors.joining(System.lineSeparator())),
          "Mend the configuration and run the same command again.");
    }
    Phases phases = new Phases(List.of());
    for (String name : config.phases()) {
      phases = phases.and(name, groups(name));
    }
    return phases;
  }

  /** As {@link #require()}: the tables alone, in load order. */
  public List<Prepared> requireTables() {
    return require().tables();
  }

  /**
   * Chosen tables of a phase in groups: each looks up only tables of earlier groups, or other
   * phases; lookups that had to wait for all of them are the last group.
   */
  private List<List<Prepared>> groups(String phase) {
    Map<String, Integer> last = new LinkedHashMap<>();
    List<List<Prepared>> groups = new ArrayList<>();
    for (String name : order.tables()) {
      Prepared table = tables.get(name);
      if (table == null || !table.config().phase().equals(phase)) {
        continue;
      }
      int level =
          table.parents().stream().mapToInt(p -> last.getOrDefault(p, -1) + 1).max().orElse(0);
      List<Prepared> passes = new ArrayList<>(List.of(table));
      passes.addAll(generations.getOrDefault(name, List.of()));
      last.put(name, level + passes.size() - 1);
      while (groups.size() < level + passes.size()) {
        groups.add(new ArrayList<>());
      }
      if (isChosen(name)) {
        passes.forEach(pass -> groups.get(level + passes.indexOf(pass)).add(pass));
      }
    }
    List<Prepared> linked =
        links.values().stream()
            .filter(table -> table.config().phase().equals(phase) && isChosen(table.table()))
            .toList();
    if (!linked.isEmpty()) {
      groups.add(linked);
    }
    return groups;
  }

  private void order() {
    List<TableLinks> all = new ArrayList<>();
    tables.forEach(
        (name, t) ->
            all.add(
                new TableLinks(name, config.phases().indexOf(t.config().phase()), lookups.of(t))));
    try {
      order = LoadOrder.of(all);
    } catch (Failure e) {
      findings.add(Finding.error("tables", e));
    }
  }

  /** Of a trial, each table reads its share alone. */
  private void choose() {
    if (!order.tables().isEmpty()) {
      trial = config.trial().map(some -> new TrialRows(some, tables, lookups, order));
    }
    trial.ifPresent(rows -> tables.replaceAll((name, table) -> tried(table, rows::of)));
  }

  private Prepared tried(Prepared pass, Function<String, Choice> choices) {
    try {
      return checks.tried(pass, choices.apply(pass.table()));
    } catch (Failure e) {
      if (e.endsRun()) {
        throw e;
      }
      findings.add(Finding.error("tables " + pass.table(), e));
      return pass;
    }
  }

  /** Tables with lookups that must wait are loaded in two passes. */
  private void split() throws InterruptedException {
    Map<String, List<TableLinks.Lookup>> waiting =
        order.deferred().stream().collect(Collectors.groupingBy(TableLinks.Lookup::table));
    for (Map.Entry<String, List<TableLinks.Lookup>> entry : waiting.entrySet()) {
      Prepared whole = Objects.requireNonNull(tables.get(entry.getKey()));
      Set<String> fields =
          entry.getValue().stream().map(TableLinks.Lookup::field).collect(Collectors.toSet());
      int last =
          entry.getValue().stream()
              .mapToInt(lookup -> phase(lookup.parent()))
              .reduce(phase(whole.table()), Math::max);
      LinkPass passes = new LinkPass(whole.config(), fields);
      tables.put(whole.table(), checks.narrowed(whole, PassKind.ROWS, passes.rows()));
      Prepared linked =
          checks.narrowed(whole, PassKind.LINKS, passes.links(config.phases().get(last)));
      links.put(whole.table(), trial.map(rows -> tried(linked, rows::links)).orElse(linked));
    }
  }

  /** Tables whose rows name each other and can be written only once are loaded by generations. */
  private void level() throws InterruptedException {
    Map<String, List<TableLinks.Lookup>> byTable =
        order.levelled().stream().collect(Collectors.groupingBy(TableLinks.Lookup::table));
    for (Map.Entry<String, List<TableLinks.Lookup>> entry : byTable.entrySet()) {
      try {
        Prepared whole = Objects.requireNonNull(tables.get(entry.getKey()));
        generations(whole, LevelPass.of(whole.config(), entry.getValue()));
      } catch (Failure e) {
        findings.add(Finding.error("tables " + entry.getKey(), e));
      }
    }
    tables.replaceAll((name, table) -> behindAll(table));
    links.replaceAll((name, table) -> behindAll(table));
  }

  private void generations(Prepared whole, LevelPass passes) throws InterruptedException {
    String table = whole.table();
    tables.put(table, checks.narrowed(whole, PassKind.ROWS, passes.generation(0)));
    List<Prepared> later = new ArrayList<>();
    for (int i = 1; i < whole.config().hierarchy().levels(); i++) {
      later.add(
          checks
              .narrowed(whole, PassKind.LEVEL, passes.generation(i))
              .after(Set.of(PassKind.level(table, i - 1))));
    }
    generations.put(table, later);
  }

  /** Who looks up a table waits for its last generation. */
  private Prepared behindAll(Prepared table) {
    return table.after(
        generations.entrySet().stream()
            .filter(e -> table.parents().contains(e.getKey()))
            .flatMap(e -> e.getValue().stream())
            .map(Prepared::name)
            .collect(Collectors.toSet()));
  }

  private int phase(String table) {
    return config.phases().indexOf(config.table(table).orElseThrow().phase());
  }
}
