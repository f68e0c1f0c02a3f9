package io.initload.mapping.compile;

import io.initload.Nearest;
import io.initload.config.FieldMapping;
import io.initload.config.FieldMapping.Column;
import io.initload.config.FieldMapping.Composite;
import io.initload.config.FieldMapping.Constant;
import io.initload.config.FieldMapping.Expression;
import io.initload.config.FieldMapping.MultiSelect;
import io.initload.config.TableConfig;
import io.initload.config.TableConfig.Nulls;
import io.initload.mapping.ColumnRead;
import io.initload.mapping.Compiled;
import io.initload.mapping.FieldRule;
import io.initload.mapping.KeyForm;
import io.initload.mapping.Rendering;
import io.initload.mapping.RowMapping;
import io.initload.mapping.RowMapping.Piece;
import io.initload.mapping.SourceColumn;
import io.initload.mapping.compile.TargetResolver.Target;
import io.initload.mapping.org.OrgNames;
import io.initload.mapping.org.TargetField;
import io.initload.mapping.org.TargetObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Checks a table's mapping against the table and the object, and makes it executable: which columns
 * are read and how they are rendered. One use per mapping; not thread-safe.
 *
 * <p>The pieces of a composite are rendered as text, bytes among them as in a key.
 */
public final class MappingCompiler {
  private static final int FIELDS_MAX = 5_000;
  private static final int HEADER_CHARACTERS_MAX = 32_000;

  private final TableConfig table;
  private final List<SourceColumn> columns;
  private final TargetObject object;
  private final Findings findings = new Findings();
  private final TargetResolver targets;
  private final TypeRules types = new TypeRules(findings);
  private final ExpressionFeeds expressions;
  private final ParentPieces around;

  private final List<Target> header = new ArrayList<>();
  private final List<String> mapped = new ArrayList<>();
  private final List<ColumnRead> reads = new ArrayList<>();
  private final List<List<Piece>> fields = new ArrayList<>();
  private final List<FieldRule> rules = new ArrayList<>();
  private final Map<String, String> written = new HashMap<>();
  private Optional<TargetField> key = Optional.empty();
  private int keyField;

  private MappingCompiler(
      TableConfig table,
      List<SourceColumn> columns,
      TargetObject object,
      Function<String, Optional<TargetObject>> parents,
      OrgNames.Directory directory) {
    this.table = table;
    this.columns = columns;
    this.object = object;
    this.targets =
        new TargetResolver(object, parents, findings, directory, table.hierarchy().fallbacks());
    this.expressions = new ExpressionFeeds(table, columns, findings);
    this.around = new ParentPieces(table, findings);
  }

  /**
   * Compiles a mapping.
   *
   * @param columns the source's columns
   * @param parents describes an object that a lookup leads to; empty when the user may not see it
   * @param directory knows the names of the org's users and queues
   * @return the mapping with everything that was found; {@link Compiled#orThrow} before use
   */
  public static Compiled compile(
      TableConfig table,
      List<SourceColumn> columns,
      TargetObject object,
      Function<String, Optional<TargetObject>> parents,
      OrgNames.Directory directory) {
    return new MappingCompiler(table, columns, object, parents, directory).compile();
  }

  /** As it is compiled where nothing is known of the org's users and queues. */
  public static Compiled compile(
      TableConfig table,
      List<SourceColumn> columns,
      TargetObject object,
      Function<String, Optional<TargetObject>> parents) {
    return compile(table, columns, object, parents, OrgNames.Directory.NONE);
  }

  private Compiled compile() {
    findings.at(table.name() + " -> " + object.name());
    if (!object.createable() || !(object.updateable() || table.inserted())) {
      findings.error(
          "OBJECT_NOT_WRITABLE",
          "The user of the migration may not create and change records of %s."
              .formatted(object.name()),
          "Grant Create and Edit on the object, in a permission set.");
    }
    table.fields().stream().sorted(Comparator.comparing(this::readOnce)).forEach(this::field);
    targets.requireAll(table, written.keySet());
    new ZoneRule(findings).check(table, columns, reads);
    List<String> names = header.stream().map(Target::header).toList();
    checkHeader(names);
    RowMapping mapping = new RowMapping(names, keyField, reads, fields, rules);
    return new Compiled(
        mapping,
        key.map(KeyForm::of).orElse(KeyForm.EXACT),
        header.stream().map(Target::sent).toList(),
        mapped,
        findings.all());
  }

  /** What an org takes of the first line of a job (docs/reference/salesforce.md, "Limits"). */
  private void checkHeader(List<String> names) {
    findings.at(table.name() + " -> " + object.name());
    int characters = String.join(",", names).length();
    String remedy = "Leave fields out, or load the others as a second table into the same object.";
    if (names.size() > FIELDS_MAX) {
      findings.error(
          "FIELDS_TOO_MANY",
          "%,d fields are mapped; an org takes %,d of a job.".formatted(names.size(), FIELDS_MAX),
          remedy);
    }
    if (characters > HEADER_CHARACTERS_MAX) {
      findings.error(
          "HEADER_TOO_LONG",
          "The names of the fields make a line of %,d characters; an org takes %,d."
              .formatted(characters, HEADER_CHARACTERS_MAX),
          remedy);
    }
  }

  /** Such a column is selected last, so its field is the last one. */
  private boolean readOnce(FieldMapping mapping) {
    return columns.stream()
        .anyMatch(c -> c.readOnce() && mapping.feed().columns().contains(c.name()));
  }

  private void field(FieldMapping mapping) {
    String place = object.name() + "." + mapping.field();
    findings.at(fedFrom(mapping) + " -> " + place);
    List<SourceColumn> found = columns(mapping.feed().columns());
    Optional<Target> resolved = targets.resolve(mapping.field());
    if (resolved.isEmpty() || found.size() < mapping.feed().columns().size()) {
      return;
    }
    Target target = resolved.get();
    String other = written.putIfAbsent(target.written().name(), target.header());
    if (other != null) {
      findings.error(
          "FIELD_TWICE",
          "%s sets %s, as %s does.".formatted(target.header(), target.written().name(), other),
          "Map the lookup once.");
      return;
    }
    boolean isKey = mapping.field().equals(table.externalId());
    Optional<Piece> computed = computed(mapping.feed(), target.field(), isKey);
    if (mapping.feed() instanceof Expression && computed.isEmpty()) {
      return;
    }
    checkReadOnce(found, isKey || mapping.feed() instanceof Composite);
    if (isKey) {
      key = Optional.of(target.field());
      keyField = header.size();
      new KeyRules(object, table.inserted(), findings).check(target.field(), found);
    } else {
      warnOfNulls(target.written(), found);
    }
    header.add(target);
    mapped.add(mapping.field());
    String absent = isKey ? "" : FieldRule.absent(table.nulls(), target.written());
    if (table.nulls() == Nulls.CLEAR && !absent.equals(FieldRule.NULL) && !isKey) {
      warnOfClearing(target.written(), found, absent);
    }
    rules.add(rule(mapping, target.sent(), isKey, absent));
    List<Piece> pieces =
        computed.map(List::of).orElseGet(() -> pieces(mapping.feed(), found, target.field()));
    List<Piece> sent = masked(mapping, target, isKey, pieces);
    fields.add(around.pieces(mapping, target, sent, this::place));
  }

  private List<Piece> masked(FieldMapping mapping, Target target, boolean key, List<Piece> values) {
    return mapping
        .mask()
        .flatMap(mask -> new MaskRules(findings).pseudonyms(mask, target, key))
        .map(by -> List.<Piece>of(new Piece.Masked(by, values)))
        .orElse(values);
  }

  private String fedFrom(FieldMapping mapping) {
    if (mapping.feed() instanceof Expression) {
      return table.name() + "." + mapping.policyName();
    }
    List<String> names = mapping.feed().columns();
    return names.isEmpty()
        ? table.name() + " constant"
        : table.name() + "." + String.join("+", names);
  }

  private Optional<Piece> computed(FieldMapping.Feed feed, TargetField field, boolean key) {
    if (!(feed instanceof Expression expression)) {
      return Optional.empty();
    }
    if (key) {
      findings.error(
          "EXTERNAL_ID_EXPRESSION",
          "An expression can be no external id: the source finds rows again by the columns of their"
              + " keys.",
          "Feed it from a column, by a composite, or by tables[].sql.");
      return Optional.empty();
    }
    return expressions.compile(expression, field, this::place).map(Piece.Computed::new);
  }

  private FieldRule rule(FieldMapping mapping, TargetField field, boolean key, String absent) {
    FieldMapping.Feed feed = mapping.feed();
    if (feed instanceof Column || feed instanceof Expression) {
      return FieldRule.of(table.policy(mapping.policyName()), field, key, absent);
    }
    // Who writes a constant means it.
    return feed instanceof Constant ? FieldRule.NONE : FieldRule.joined(absent);
  }

  private void warnOfClearing(TargetField field, List<SourceColumn> sources, String absent) {
    if (sources.stream().anyMatch(SourceColumn::nullable)) {
      findings.warning(
          "CLEAR_IMPOSSIBLE",
          "%s cannot be null: where the column is, %s."
              .formatted(
                  field.name(),
                  absent.isEmpty()
                      ? "a record keeps what it has, and a new one gets its default"
                      : "it is set to its default, " + absent),
          "Nothing to do if that is what is wanted; else fill the column by tables[].sql.");
    }
  }

  /** A LONG feeds one field and nothing else; a table has one at most. */
  private void checkReadOnce(List<SourceColumn> sources, boolean key) {
    for (SourceColumn source : sources) {
      boolean again = reads.stream().anyMatch(read -> read.column().equals(source.name()));
      if (source.readOnce() && (key || again)) {
        findings.error(
            "COLUMN_READ_ONCE",
            "The column %s of type %s can be read once in a row: %s."
                .formatted(
                    source.name(),
                    source.declared(),
                    key
                        ? "it can be no key, nor a piece of a composite"
                        : "it feeds a field already"),
            "Let it feed one field by itself, or read a copy of the table with TO_LOB of it.");
      }
    }
  }

  private List<SourceColumn> columns(List<String> names) {
    List<SourceColumn> found = new ArrayList<>();
    List<String> known = columns.stream().map(SourceColumn::name).toList();
    for (String name : names) {
      int index = known.indexOf(name);
      if (index >= 0) {
        found.add(columns.get(index));
      } else {
        findings.error(
            "COLUMN_UNKNOWN",
            "%s has no column %s%s.".formatted(table.source(), name, Nearest.hint(name, known)),
            "Write the name exactly as the dictionary has it, letter case included.");
      }
    }
    return found;
  }

  private List<Piece> pieces(
      FieldMapping.Feed feed, List<SourceColumn> sources, TargetField field) {
    if (feed instanceof Column) {
      SourceColumn source = sources.get(0);
      return List.of(read(source, types.choose(source, field, table.policy(source.name()))));
    }
    if (feed instanceof Constant constant) {
      new ConstantRules(findings).check(constant.value(), field);
      return List.of(new Piece.Text(constant.value()));
    }
    if (feed instanceof MultiSelect) {
      types.checkMultiSelect(field);
      return List.of(
          new Piece.Values(
              sources.stream().map(source -> place(types.value(source, table))).toList()));
    }
    String separator = ((Composite) feed).separator();
    List<Piece> pieces = new ArrayList<>();
    int characters = 0;
    for (SourceColumn source : sources) {
      Rendering rendering = TypeRules.text(source, table.policy(source.name()), true);
      types.unreadable(source, rendering);
      if (!pieces.isEmpty()) {
        pieces.add(new Piece.Text(separator));
        characters += separator.length();
      }
      pieces.add(read(source, rendering));
      characters += TypeRules.characters(source, rendering);
    }
    types.checkComposite(characters, field);
    return pieces;
  }

  private Piece read(SourceColumn column, Rendering rendering) {
    return new Piece.Read(
        place(new ColumnRead(column.name(), rendering, table.policy(column.name()).zone())));
  }

  private int place(ColumnRead read) {
    if (!reads.contains(read)) {
      reads.add(read);
    }
    return reads.indexOf(read);
  }

  private void warnOfNulls(TargetField field, List<SourceColumn> sources) {
    if (!TargetResolver.isRequired(field)) {
      return;
    }
    for (SourceColumn source : sources) {
      if (source.nullable()) {
        findings.warning(
            "REQUIRED_FROM_NULLABLE",
            "%s is required, but the column %s may be null: such rows become dead letters."
                .formatted(field.name(), source.name()),
            "Count them before the load, or fill them by tables[].sql.");
      }
    }
  }
}
