package io.initload.pipeline.prepare.trial;

import io.initload.Failure;
import io.initload.config.FieldMapping;
import io.initload.config.SourceName;
import io.initload.config.Trial;
import io.initload.config.rows.Choice;
import io.initload.config.rows.Choice.Among;
import io.initload.config.rows.Choice.Rows;
import io.initload.mapping.SourceColumn;
import io.initload.mapping.org.FieldPath;
import io.initload.pipeline.prepare.Lookups;
import io.initload.pipeline.prepare.Prepared;
import io.initload.pipeline.prepare.pass.LevelPass;
import io.initload.plan.LoadOrder;
import io.initload.plan.TableLinks.Lookup;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Chooses the rows of a trial so that lookups lead to rows that are chosen too. A table that looks
 * nothing up is chosen from by its own keys; another one by its first lookup, as the children of
 * the rows that are chosen there; and whatever chosen rows name beside that comes with them. For
 * one thread.
 */
public final class TrialRows {
  /** Looks at tables that one statement may take. */
  private static final int LOOKS_MAX = 200;

  private final Trial trial;
  private final Map<String, Prepared> tables;
  private final Map<String, List<Lookup>> lookups = new HashMap<>();
  private final Set<Lookup> waiting;
  private final Set<Lookup> levelled;
  private final Map<String, Choice> own = new HashMap<>();
  private final Map<String, Choice> all = new HashMap<>();

  /**
   * @param tables all tables of the migration, whole
   * @param order in which lookups wait
   */
  public TrialRows(Trial trial, Map<String, Prepared> tables, Lookups lookups, LoadOrder order) {
    this.trial = trial;
    this.tables = Map.copyOf(tables);
    this.waiting = Set.copyOf(order.deferred());
    this.levelled = Set.copyOf(order.levelled());
    tables.forEach((name, table) -> this.lookups.put(name, lookups.of(table)));
  }

  /**
   * The rows of a table.
   *
   * @throws Failure {@code TRIAL_QUERY}, {@code TRIAL_LOOKUP}, {@code TRIAL_TOO_WIDE} when they
   *     cannot be told
   */
  public Choice of(String table) {
    return all(table);
  }

  /**
   * Those of which lookups are set later: each leads to a row that is chosen, or nowhere.
   *
   * @throws Failure as {@link #of}
   */
  public Choice links(String table) {
    List<Choice> each = new ArrayList<>(List.of(all(table)));
    lookups(table).stream()
        .filter(waiting::contains)
        .collect(Collectors.groupingBy(Lookup::field, LinkedHashMap::new, Collectors.toList()))
        .values()
        .forEach(same -> each.add(among(same, this::all, Choice.all())));
    return bounded(table, new Choice.Every(each));
  }

  /**
   * Rows that name certain ones by a field.
   *
   * @param lookups of the field, each into another table
   * @param of which rows of a table
   */
  private Among among(List<Lookup> lookups, Function<String, Choice> of, Choice whenNull) {
    List<String> columns = List.of();
    List<Rows> parents = new ArrayList<>();
    for (Lookup lookup : lookups) {
      columns = columns(lookup);
      Prepared parent = table(lookup.parent());
      parents.add(rows(parent, of.apply(lookup.parent()), key(parent)));
    }
    return new Among(columns, parents, whenNull);
  }

  private static Choice bounded(String table, Choice choice) {
    if (choice.size() > LOOKS_MAX) {
      throw new Failure(
          Failure.Kind.CONFIGURATION,
          "TRIAL_TOO_WIDE",
          "Which rows of %s a trial takes depends on %,d looks at other tables; a statement can have %,d."
              .formatted(table, choice.size(), LOOKS_MAX),
          "Leave tables out of the configuration for the trial, or lower tables[].levels.");
    }
    return choice;
  }

  /** The chosen rows, and those that chosen rows of other tables name. */
  private Choice all(String table) {
    Choice known = all.get(table);
    if (known == null) {
      known = bounded(table, grown(table(table)));
      all.put(table, known);
    }
    return known;
  }

  private Choice grown(Prepared table) {
    List<Rows> named = named(table.table());
    Optional<Lookup> parent = levelled(table.table());
    if (named.isEmpty() && parent.isEmpty()) {
      return own(table.table());
    }
    List<Rows> rows = new ArrayList<>(List.of(rows(table, own(table.table()), key(table))));
    rows.addAll(named);
    Choice grown = new Among(key(table), rows, Choice.none());
    int levels = parent.isPresent() ? table.config().hierarchy().levels() : 1;
    for (int i = 1; i < levels; i++) {
      List<Rows> elders = new ArrayList<>(rows);
      elders.add(rows(table, grown, columns(parent.orElseThrow())));
      grown = new Among(key(table), elders, Choice.none());
    }
    return grown;
  }

  /** The rows that are chosen for what they are, or for their parents. */
  private Choice own(String table) {
    Choice known = own.get(table);
    if (known == null) {
      known = chosen(table(table));
      own.put(table, known);
    }
    return known;
  }

  private Choice chosen(Prepared table) {
    if (table.config().source().isQuery()) {
      throw new Failure(
          Failure.Kind.CONFIGURATION,
          "TRIAL_QUERY",
          "%s is a query, whose rows cannot be chosen for a trial: which tables it reads is not known."
              .formatted(table.table()),
          "Leave it out of the configuration for the trial, or give it a view and name that in"
              + " tables[].source.");
    }
    Choice alone =
        trial.rows() > 0
            ? new Choice.First(rows(table, Choice.all(), key(table)), trial.rows())
            : new Choice.Share(key(table), trial.ofMillion());
    Optional<String> first = first(table.table());
    if (first.isEmpty()) {
      return alone;
    }
    List<Lookup> same =
        lookups(table.table()).stream()
            .filter(lookup -> lookup.field().equals(first.get()) && followed(lookup))
            .toList();
    return among(same, this::own, trial.rows() > 0 ? Choice.none() : alone);
  }

  /** What chosen rows of other tables name, beside the rows for which they were chosen. */
  private List<Rows> named(String table) {
    List<Rows> named = new ArrayList<>();
    for (Prepared child : tables.values().stream().sorted(TrialRows::byName).toList()) {
      for (Lookup lookup : lookups(child.table())) {
        if (lookup.parent().equals(table) && followed(lookup)) {
          brought(child, lookup).ifPresent(of -> named.add(rows(child, of, columns(lookup))));
        }
      }
    }
    return named;
  }

  private static int byName(Prepared one, Prepared other) {
    return one.table().compareTo(other.table());
  }

  private Optional<Choice> brought(Prepared child, Lookup lookup) {
    boolean first = first(child.table()).equals(Optional.of(lookup.field()));
    if (!first || levelled(child.table()).isPresent()) {
      return Optional.of(all(child.table()));
    }
    List<Rows> named = named(child.table());
    return named.isEmpty()
        ? Optional.empty()
        : Optional.of(new Among(key(child), named, Choice.none()));
  }

  /** The lookup that a table's rows are chosen by. */
  private Optional<String> first(String table) {
    Set<String> own =
        lookups(table).stream()
            .filter(lookup -> lookup.parent().equals(table))
            .map(Lookup::field)
            .collect(Collectors.toCollection(HashSet::new));
    return lookups(table).stream()
        .filter(this::followed)
        .map(Lookup::field)
        .filter(field -> !own.contains(field))
        .findFirst();
  }

  private Optional<Lookup> levelled(String table) {
    return lookups(table).stream().filter(levelled::contains).findFirst();
  }

  /** Whether a lookup is set with its row, and leads to another table. */
  private boolean followed(Lookup lookup) {
    return !lookup.parent().equals(lookup.table())
        && tables.containsKey(lookup.parent())
        && lookups(lookup.table()).stream()
            .filter(other -> other.field().equals(lookup.field()))
            .noneMatch(waiting::contains);
  }

  /**
   * The columns of a lookup.
   *
   * @throws Failure {@code TRIAL_LOOKUP} when the database cannot tell by them which row is named
   */
  private List<String> columns(Lookup lookup) {
    Prepared child = table(lookup.table());
    Prepared parent = table(lookup.parent());
    FieldMapping.Feed feed = feed(child, lookup.field());
    boolean named =
        FieldPath.parse(lookup.field()).field().equalsIgnoreCase(parent.config().externalId());
    FieldMapping.Feed key = feed(parent, parent.config().externalId());
    if (!named || !LevelPass.alike(key, feed) || !types(child, feed).equals(types(parent, key))) {
      throw new Failure(
          Failure.Kind.CONFIGURATION,
          "TRIAL_LOOKUP",
          "The database cannot tell which row of %s a row of %s names by %s, so that a trial does not know which to take."
              .formatted(parent.table(), child.table(), lookup.field()),
          "Feed the lookup from columns of the same types as the parent's external id, in the same"
              + " way; or leave it or the table out of the configuration for the trial.");
    }
    return feed.columns();
  }

  private static List<SourceColumn.Type> types(Prepared table, FieldMapping.Feed feed) {
    return feed.columns().stream().map(column -> table.shape().required(column).type()).toList();
  }

  private static Rows rows(Prepared table, Choice choice, List<String> columns) {
    SourceName source = table.config().source();
    return new Rows(source.toString(), source.where(), source.computed(), choice, columns);
  }

  private static List<String> key(Prepared table) {
    return feed(table, table.config().externalId()).columns();
  }

  private static FieldMapping.Feed feed(Prepared table, String field) {
    return table.config().fields().stream()
        .filter(f -> f.field().equalsIgnoreCase(field))
        .map(FieldMapping::feed)
        .findFirst()
        .orElseThrow();
  }

  private List<Lookup> lookups(String table) {
    return lookups.getOrDefault(table, List.of());
  }

  private Prepared table(String name) {
    return Objects.requireNonNull(tables.get(name));
  }
}
