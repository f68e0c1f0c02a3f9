package io.initload.pipeline;

import io.initload.Failure;
import io.initload.config.MigrationConfig;
import io.initload.config.TableConfig;
import io.initload.mapping.Compiled;
import io.initload.mapping.Finding;
import io.initload.mapping.MappingCompiler;
import io.initload.mapping.TargetObject;
import io.initload.plan.LoadOrder;
import io.initload.salesforce.Org;
import io.initload.source.SourceDatabase;
import io.initload.source.TableShape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

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

  private Preparation(MigrationConfig config, SourceDatabase source, Org org) {
    this.config = config;
    this.source = source;
    this.org = org;
  }

  /** Looks at everything; findings of severity ERROR are not thrown, see {@link #require}. */
  public static Preparation of(MigrationConfig config, SourceDatabase source, Org org)
      throws InterruptedException {
    Preparation preparation = new Preparation(config, source, org);
    for (TableConfig table : config.tables()) {
      preparation.look(table);
    }
    preparation.order();
    return preparation;
  }

  /** Everything found, in the order of the configuration. */
  public List<Finding> findings() {
    return List.copyOf(findings);
  }

  /**
   * The tables in load order by phase: tables of one group do not look each other up.
   *
   * @throws Failure {@code PREFLIGHT} naming every finding of severity ERROR
   */
  public Map<String, List<List<Prepared>>> require() {
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
    Map<String, List<List<Prepared>>> phases = new LinkedHashMap<>();
    for (String phase : config.phases()) {
      phases.put(
          phase,
          LoadOrder.groups(parents(phase)).stream()
              .map(group -> group.stream().map(this::table).toList())
              .toList());
    }
    return phases;
  }

  private Prepared table(String name) {
    Prepared table = tables.get(name);
    if (table == null) {
      throw new IllegalStateException("no prepared table " + name);
    }
    return table;
  }

  private Map<String, Set<String>> parents(String phase) {
    Map<String, Set<String>> parents = new LinkedHashMap<>();
    tables.forEach(
        (name, t) -> {
          if (t.config().phase().equals(phase)) {
            parents.put(name, t.parents());
          }
        });
    return parents;
  }

  private void look(TableConfig table) throws InterruptedException {
    Optional<TableShape> shape = Optional.empty();
    try {
      shape = Optional.of(source.shape(table.source()));
    } catch (Failure e) {
      note(table, e);
    }
    Optional<TargetObject> object = describe(table);
    if (shape.isEmpty() || object.isEmpty()) {
      return;
    }
    Compiled compiled =
        MappingCompiler.compile(
            table, shape.get().columns(), object.get(), name -> parent(table, name));
    findings.addAll(compiled.findings());
    if (!compiled.errors().isEmpty()) {
      return;
    }
    tables.put(
        table.name(),
        new Prepared(
            table,
            shape.get(),
            object.get(),
            compiled,
            parents(table, object.get())));
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
  private Optional<TargetObject> parent(TableConfig table, String name) {
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
    if (e.kind() != Failure.Kind.CONFIGURATION) {
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

  /** The configured tables whose objects this one names by external id. */
  private Set<String> parents(TableConfig table, TargetObject object) {
    Set<String> parents = new LinkedHashSet<>();
    for (var mapping : table.fields()) {
      String field = mapping.field();
      int dot = field.indexOf('.');
      if (dot < 0) {
        continue;
      }
      String relationship = field.substring(field.indexOf(':') + 1, dot);
      List<String> targets =
          field.contains(":")
              ? List.of(field.substring(0, field.indexOf(':')))
              : object.relationship(relationship).map(f -> f.referenceTo()).orElse(List.of());
      for (TableConfig other : config.tables()) {
        if (targets.stream().anyMatch(t -> t.equalsIgnoreCase(other.object()))) {
          parents.add(other.name());
        }
      }
    }
    return parents;
  }

  private void order() {
    for (String phase : config.phases()) {
      try {
        LoadOrder.groups(parents(phase));
      } catch (LoadOrder.CycleException e) {
        findings.add(
            new Finding(
                "LOOKUP_CYCLE",
                Finding.Severity.ERROR,
                "tables " + String.join(", ", e.tables()),
                "These tables look each other, or themselves, up in a circle.",
                "Load the lookup that closes the circle as a plain text field for now."));
      }
    }
    tables.values().forEach(this::laterParents);
  }

  private void laterParents(Prepared table) {
    int own = config.phases().indexOf(table.config().phase());
    for (String parent : table.parents()) {
      Prepared of = tables.get(parent);
      if (of != null && config.phases().indexOf(of.config().phase()) > own) {
        findings.add(
            new Finding(
                "PHASE_ORDER",
                Finding.Severity.ERROR,
                "tables " + table.config().name(),
                "It looks up %s, which is loaded in the later phase %s."
                    .formatted(parent, of.config().phase()),
                "Move one of the two to another phase."));
      }
    }
  }
}
