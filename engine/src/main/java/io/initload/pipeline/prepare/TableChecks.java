package io.initload.pipeline.prepare;

import io.initload.Failure;
import io.initload.config.Affinity;
import io.initload.config.TableConfig;
import io.initload.config.rows.Choice;
import io.initload.mapping.Compiled;
import io.initload.mapping.Finding;
import io.initload.mapping.Finding.Severity;
import io.initload.mapping.RowMapping;
import io.initload.mapping.compile.MappingCompiler;
import io.initload.mapping.org.OrgNames;
import io.initload.mapping.org.TargetObject;
import io.initload.pipeline.prepare.org.DescribedObjects;
import io.initload.pipeline.prepare.org.OrgDirectory;
import io.initload.plan.PassKind;
import io.initload.plan.Snapshot;
import io.initload.salesforce.Org;
import io.initload.source.SourceDatabase;
import io.initload.source.TableShape;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Holds tables against both sides: columns against the database, fields against the org. */
public final class TableChecks {
  private final SourceDatabase source;
  private final DescribedObjects objects;
  private final OrgNames.Directory directory;
  private final Lookups lookups;
  private final List<Finding> findings;

  /**
   * @param findings are added to
   */
  public TableChecks(SourceDatabase source, Org org, Lookups lookups, List<Finding> findings) {
    this.source = source;
    this.objects = new DescribedObjects(org);
    this.directory = new OrgDirectory(org);
    this.lookups = lookups;
    this.findings = findings;
  }

  /** The table, when both sides agree with it; else findings say why not. */
  public Optional<Prepared> check(TableConfig table) throws InterruptedException {
    Optional<TableShape> shape = shape(table);
    Optional<TargetObject> object = object(table);
    if (shape.isEmpty() || object.isEmpty()) {
      return Optional.empty();
    }
    Optional<TableConfig> looking = looking(table, object.get());
    return looking.isEmpty() ? Optional.empty() : compiled(looking.get(), object.get());
  }

  private Optional<Prepared> compiled(TableConfig table, TargetObject object)
      throws InterruptedException {
    TableShape shape = source.shape(table.source());
    Compiled compiled =
        MappingCompiler.compile(table, shape.columns(), object, objects::find, directory);
    findings.addAll(compiled.findings());
    if (!compiled.errors().isEmpty()) {
      return Optional.empty();
    }
    Prepared prepared =
        new Prepared(
            PassKind.ROWS,
            table.name(),
            together(table, shape, object),
            shape,
            object,
            compiled,
            lookups.parents(table, object));
    findings.addAll(new ControlChecks(prepared).findings());
    return Optional.of(prepared);
  }

  /** The table with what is looked for beside its rows; empty where that cannot be had. */
  private Optional<TableConfig> looking(TableConfig table, TargetObject object) {
    try {
      TableConfig looking =
          new OrphanLooks(source, objects, lookups, findings).added(table, object);
      source.shape(looking.source());
      return Optional.of(looking);
    } catch (Failure e) {
      note(table, e);
      return Optional.empty();
    }
  }

  /** A table that was checked, of which a pass loads some fields. */
  public Prepared narrowed(Prepared whole, PassKind kind, TableConfig config)
      throws InterruptedException {
    TargetObject object = whole.object();
    TableShape shape = source.shape(config.source());
    Set<String> parents = new HashSet<>(lookups.parents(config, object));
    if (kind == PassKind.ROWS) {
      parents.remove(whole.table());
    } else {
      parents.add(whole.table());
    }
    return new Prepared(
        kind,
        whole.table(),
        together(config, shape, object),
        shape,
        object,
        MappingCompiler.compile(config, shape.columns(), object, objects::find, directory),
        parents);
  }

  /** A pass of which a trial takes some rows. */
  public Prepared tried(Prepared pass, Choice choice) {
    TableConfig config = pass.config();
    TableConfig some = config.reading(config.source().chosen(choice));
    return new Prepared(
        pass.kind(),
        pass.table(),
        some,
        source.shape(some.source()),
        pass.object(),
        pass.compiled(),
        pass.parents());
  }

  private Optional<TableShape> shape(TableConfig table) {
    Optional<TableShape> shape = Optional.empty();
    try {
      shape = Optional.of(source.shape(table.source()));
      source.probe(table.source());
      source.concerns(table.source()).forEach(f -> findings.add(f.at("tables " + table.name())));
    } catch (Failure e) {
      note(table, e);
    }
    return shape;
  }

  /**
   * Whether the database would take what planning and reading will ask of it, whether the first
   * rows have numbers that their fields do not hold, and whether maps have its values.
   */
  public void rehearse(Prepared table) {
    RowMapping mapping = table.mapping();
    String place = "tables " + table.name();
    if (findings.stream()
        .anyMatch(f -> f.severity() == Severity.ERROR && f.where().equals(place))) {
      return;
    }
    try {
      source.rehearse(table.config(), mapping.reads(), mapping.keyAlone().reads(), table.keyForm());
      findings.addAll(NumberLook.at(source, table));
      findings.addAll(new UnmappedValues(source, table).findings());
      findings.addAll(new OrphanCounts(source, table, Snapshot.UNMARKED).findings());
    } catch (Failure e) {
      note(table.config(), e);
    }
  }

  private Optional<TargetObject> object(TableConfig table) throws InterruptedException {
    try {
      return Optional.of(objects.of(table, objects.require(table.object())));
    } catch (Failure e) {
      note(table, e);
      return Optional.empty();
    }
  }

  /** The table with the column by which rows of one parent may be kept together. */
  private TableConfig together(TableConfig table, TableShape shape, TargetObject object) {
    if (table.chunking().affinity().mode() != Affinity.Mode.AUTO) {
      return table;
    }
    List<String> columns = lookups.columns(table, object);
    return columns.stream()
        .filter(shape::keyBegins)
        .findFirst()
        .or(() -> columns.stream().findFirst())
        .map(c -> table.with(table.chunking().with(new Affinity(Affinity.Mode.AUTO, c))))
        .orElse(table);
  }

  /** One table's trouble is its own; what every table would meet ends the look. */
  private void note(TableConfig table, Failure e) {
    if (e.endsRun()) {
      throw e;
    }
    findings.add(Finding.error("tables " + table.name(), e));
  }
}
