package io.initload.mapping.compile;

import io.initload.mapping.Compiled;
import io.initload.mapping.FieldRule;
import io.initload.mapping.KeyForm;
import io.initload.mapping.RowMapping;
import io.initload.mapping.ValueCompare;
import io.initload.mapping.canonical.CanonicalForm;
import io.initload.mapping.org.FieldPath;
import io.initload.mapping.org.TargetField;
import io.initload.mapping.org.TargetObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The columns of a table's rows, as they were sent, held against the records that the org has.
 * Immutable.
 */
public final class SentFields {
  private final List<String> columns;
  private final int keyField;
  private final List<TargetField> targets;
  private final List<Integer> createOnly;
  private final Set<Integer> exempt;
  private final List<CanonicalForm> forms;

  private SentFields(
      List<String> header,
      int keyField,
      List<TargetField> targets,
      List<Integer> createOnly,
      Set<Integer> exempt) {
    this.exempt = Set.copyOf(exempt);
    this.columns = header.stream().map(h -> FieldPath.parse(h).selected()).toList();
    this.keyField = keyField;
    this.targets = targets;
    this.createOnly = createOnly;
    this.forms = IntStream.range(0, columns.size()).mapToObj(this::form).toList();
  }

  private CanonicalForm form(int field) {
    if (exempt.contains(field)) {
      return CanonicalForm.EXEMPT;
    }
    return isKey(field)
        ? CanonicalForm.key(KeyForm.of(targets.get(field))::canonical)
        : CanonicalForm.of(targets.get(field));
  }

  /** Those of a mapping. */
  public static SentFields of(Compiled compiled) {
    return of(compiled, Set.of());
  }

  /**
   * Those of a mapping.
   *
   * @param exempt names in the header of fields that are not compared
   */
  public static SentFields of(Compiled compiled, Set<String> exempt) {
    RowMapping mapping = compiled.mapping();
    Set<Integer> places =
        IntStream.range(0, mapping.header().size())
            .filter(i -> exempt.contains(mapping.header().get(i)))
            .boxed()
            .collect(Collectors.toSet());
    return new SentFields(
        mapping.header(), mapping.keyField(), compiled.targets(), List.of(), places);
  }

  /**
   * Those of a header, as the org describes its fields now.
   *
   * @param parents describes an object that a lookup leads to
   * @return empty when a column is no field that can be written any more
   */
  public static Optional<SentFields> of(
      List<String> header,
      int keyField,
      TargetObject object,
      Function<String, Optional<TargetObject>> parents) {
    TargetResolver resolver = new TargetResolver(object, parents, new Findings());
    List<TargetField> targets = new ArrayList<>();
    List<Integer> createOnly = new ArrayList<>();
    for (int i = 0; i < header.size(); i++) {
      Optional<TargetResolver.Target> target = resolver.resolve(header.get(i));
      if (target.isEmpty()) {
        return Optional.empty();
      }
      targets.add(target.get().field());
      if (!target.get().written().updateable()) {
        createOnly.add(i);
      }
    }
    return Optional.of(new SentFields(header, keyField, targets, createOnly, Set.of()));
  }

  /** The fields as a query selects them, in the order of the header. */
  public List<String> columns() {
    return columns;
  }

  /** The forms in which values are digested, in the order of the header. */
  public List<CanonicalForm> forms() {
    return forms;
  }

  /** Whether a field is not compared, by its place in the header. */
  public boolean isExempt(int field) {
    return exempt.contains(field);
  }

  /** The columns that are not compared, sorted. */
  public List<String> exempt() {
    return exempt.stream().map(columns::get).sorted().toList();
  }

  /** The place of the external id. */
  public int keyField() {
    return keyField;
  }

  /** Those that a record gets when it is created and never again, by their place in the header. */
  public List<Integer> createOnly() {
    return createOnly;
  }

  /**
   * Whether a record has what was sent. What is empty was not sent: the record keeps its value, or
   * gets a default.
   *
   * @param field place in the header
   * @param sent the text of the CSV
   * @param record by column
   */
  public boolean holds(int field, String sent, Map<String, String> record) {
    return sent.isEmpty() || equal(field, sent, record.getOrDefault(columns.get(field), ""));
  }

  /** Whether a record has all that was sent. */
  public boolean holds(List<String> sent, Map<String, String> record) {
    return IntStream.range(0, columns.size()).allMatch(i -> holds(i, sent.get(i), record));
  }

  /** A parent is named by its external id, in any letter case that the org takes for the same. */
  private boolean equal(int field, String sent, String there) {
    if (isKey(field) && !sent.equals(FieldRule.NULL)) {
      KeyForm form = KeyForm.of(targets.get(field));
      return form.canonical(sent).equals(form.canonical(there));
    }
    return ValueCompare.compare(targets.get(field), sent, there).matches();
  }

  private boolean isKey(int field) {
    return field == keyField || columns.get(field).contains(".");
  }
}
