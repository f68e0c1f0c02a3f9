package io.initload.pipeline.prepare;

import io.initload.Sha256;
import io.initload.config.ReconcileConfig;
import io.initload.config.SourceName;
import io.initload.config.StagingConfig;
import io.initload.config.TableConfig;
import io.initload.config.rows.RowFilter;
import io.initload.mapping.ColumnRead;
import io.initload.mapping.Compiled;
import io.initload.mapping.KeyColumns;
import io.initload.mapping.KeyForm;
import io.initload.mapping.Rendering;
import io.initload.mapping.RowMapping;
import io.initload.mapping.SourceColumn;
import io.initload.mapping.compile.SentFields;
import io.initload.mapping.org.TargetField;
import io.initload.mapping.org.TargetObject;
import io.initload.plan.LoadEstimate;
import io.initload.plan.PassKind;
import io.initload.plan.PlannedChunk;
import io.initload.plan.Snapshot;
import io.initload.source.RowCursor;
import io.initload.source.SourceDatabase;
import io.initload.source.TableShape;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A pass over a configured table that both sides agree with.
 *
 * @param kind what of the table it loads
 * @param table its name in the configuration
 * @param config what is read and loaded, under the pass's name
 * @param parents names of the configured tables it looks up, and of passes it comes behind
 */
public record Prepared(
    PassKind kind,
    String table,
    TableConfig config,
    TableShape shape,
    TargetObject object,
    Compiled compiled,
    Set<String> parents) {
  /** CSV bytes of a row when the statistics say nothing. */
  private static final int ROW_BYTES = 200;

  /** Characters of a trial's choice. */
  private static final int SHOWN = 300;

  public Prepared {
    parents = Set.copyOf(parents);
  }

  public RowMapping mapping() {
    return compiled.mapping();
  }

  /** The fields that are sent, held against records by whoever compares them. */
  public SentFields compared(ReconcileConfig reconcile) {
    return SentFields.of(compiled, reconcile.exempt(table).keySet());
  }

  public KeyForm keyForm() {
    return compiled.keyForm();
  }

  /**
   * Rows of the table by their external ids; the caller closes them.
   *
   * @param of what is made of a row
   * @param keys the texts of the columns that each external id is made of, in the order of {@link
   *     RowMapping#keyAlone}
   */
  public RowCursor byKeys(
      SourceDatabase source, Snapshot at, RowMapping of, List<List<String>> keys) {
    return source.readByKeys(
        config.source(), at, of.reads(), keyNames(), keys, config.sourceZone());
  }

  /**
   * The same pass behind other ones too.
   *
   * @param passes names of passes that must be there before
   */
  public Prepared after(Set<String> passes) {
    Set<String> all = new HashSet<>(parents);
    all.addAll(passes);
    return new Prepared(kind, table, config, shape, object, compiled, all);
  }

  /**
   * The same pass, of whose rows it is told whether their parents are there.
   *
   * @param shape of what is read then
   */
  public Prepared beside(List<SourceName.Parents> looks, TableShape shape) {
    return new Prepared(kind, table, config.beside(looks), shape, object, compiled, parents);
  }

  /** The passes over rows of the same table that it comes behind. */
  public Set<String> generationsBefore() {
    return parents.stream()
        .filter(pass -> pass.equals(table) || pass.startsWith(PassKind.LEVEL.of(table)))
        .collect(Collectors.toSet());
  }

  /** In words, how rows are told apart that are inserted. */
  public String insertion() {
    return "rows are inserted, and told apart by %s, %s"
        .formatted(
            config.externalId(),
            object.field(config.externalId()).filter(TargetField::unique).isPresent()
                ? "which the org keeps unique"
                : "which the file says to be unique and the org does not keep so");
  }

  /** Why there are several passes over the table's rows; empty where there is one. */
  private String generation() {
    return config.source().narrowing() instanceof RowFilter.Depth depth
        ? "; rows with %d ancestors by %s, which are written once and parents first, in at most %d generations, each a look at those above it"
            .formatted(
                depth.ancestors(), String.join(", ", depth.parent()), config.hierarchy().levels())
        : "";
  }

  /** What a reader of the plan should know of its rows; empty where all is as usual. */
  String remarks() {
    String masked = config.masks();
    String inserted = config.inserted() ? "; " + insertion() : "";
    return generation() + inserted + tried() + (masked.isEmpty() ? "" : "; masked: " + masked);
  }

  private String tried() {
    return trial().isEmpty() ? "" : "; of a trial, rows of which " + trial();
  }

  /** What holds for the rows that a trial takes of it, cut where it is long; empty for all rows. */
  public String trial() {
    String choice = config.source().choice().toString();
    return choice.length() > SHOWN ? choice.substring(0, SHOWN) + "..." : choice;
  }

  /** The pass's own name. */
  public String name() {
    return config.name();
  }

  /** Names of the columns that the external id is made of, in the order of its pieces. */
  List<String> keyNames() {
    return mapping().keyAlone().reads().stream().map(ColumnRead::column).toList();
  }

  /** The columns of the external id. */
  public KeyColumns keyColumns() {
    RowMapping key = mapping().keyAlone();
    return new KeyColumns(
        key,
        key.reads().stream().map(read -> shape.required(read.column())).toList(),
        keyForm(),
        config.sourceZone());
  }

  /**
   * Whether the source itself promises that no two rows have the same external id: it is made of
   * numbers that are unique together, and its text can be taken apart into them again.
   */
  public boolean keyProven() {
    RowMapping key = mapping().keyAlone();
    boolean numbers =
        key.reads().stream()
            .allMatch(
                read ->
                    read.rendering() != Rendering.BOOLEAN
                        && shape.column(read.column()).stream()
                            .anyMatch(c -> c.type() == SourceColumn.Type.NUMBER));
    return numbers && shape.unique(keyNames()) && keyColumns().exact();
  }

  /** What loading these chunks of it takes. */
  public LoadEstimate estimate(List<PlannedChunk> chunks, StagingConfig staging) {
    return LoadEstimate.of(
        chunks,
        shape.rowBytes() > 0 ? shape.rowBytes() : ROW_BYTES,
        staging.partRows(),
        staging.partBytes().bytes());
  }

  /** With one generation more, other rows would be the last. */
  private String narrowed(SourceName source) {
    String tried = source.choice().toString();
    return (source.narrowing() instanceof RowFilter.Whole
            ? ""
            : " " + source.narrowing() + " " + config.hierarchy().levels())
        + (tried.isEmpty() ? "" : " trial " + tried);
  }

  private String orphans(SourceName source) {
    String looks =
        source.parents().isEmpty()
            ? ""
            : " " + source.parents() + new TreeMap<>(config.hierarchy().orphans());
    return config.hierarchy().fallbacks().isEmpty()
        ? looks
        : looks + " else " + new TreeMap<>(config.hierarchy().fallbacks());
  }

  /** Changes when rows would be staged differently. */
  public String digest() {
    SourceName source = config.source();
    String where = source.where();
    return Sha256.of(
        String.join(
            "\n",
            (source.isQuery() ? "(" + source.query() + ")" : source.toString())
                + (where.isEmpty() ? "" : " WHERE " + where)
                + (source.computed().isEmpty() ? "" : " " + source.computed())
                + narrowed(source)
                + orphans(source),
            config.object() + (config.inserted() ? " inserted" : ""),
            config.externalId(),
            config.fields().toString(),
            config.nulls().name(),
            // As a ledger has it that was begun before this policy was.
            new TreeMap<>(config.values()).toString().replace(", nullText=EMPTY]", "]"),
            config.sourceZone().toString()));
  }
}
