package io.initload.simulator.soql.bind;

import io.initload.simulator.soql.Catalog;
import io.initload.simulator.soql.FieldKind;
import io.initload.simulator.soql.FieldShape;
import io.initload.simulator.soql.ObjectShape;
import io.initload.simulator.soql.RecordView;
import io.initload.simulator.soql.SoqlError;
import io.initload.simulator.soql.SoqlException;
import io.initload.simulator.soql.bind.Bound.Getter;
import io.initload.simulator.soql.parse.Operand;
import io.initload.simulator.soql.parse.Operand.FunctionCall;
import io.initload.simulator.soql.parse.Operand.Path;
import io.initload.simulator.soql.parse.QueryText;
import io.initload.simulator.soql.parse.SoqlQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Looks names up in the org's objects: paths of one query, from the object it selects from. */
final class Binder {
  /** Child-to-parent steps in one path. */
  private static final int HOPS_MAX = 5;

  private static final String APPEND_C =
      " If you are attempting to use a custom field, be sure to append the '__c' after the custom field name."
          + " Please reference your WSDL or the describe call for the appropriate names.";
  private static final String APPEND_R =
      " If you are attempting to use a custom relationship, be sure to append the '__r' after the custom relationship name."
          + " Please reference your WSDL or the describe call for the appropriate names.";

  private final Catalog catalog;
  private final QueryText text;
  private final ObjectShape object;
  private final @Nullable String alias;

  private Binder(Catalog catalog, QueryText text, ObjectShape object, @Nullable String alias) {
    this.catalog = catalog;
    this.text = text;
    this.object = object;
    this.alias = alias;
  }

  /** Finds the object of FROM; refuses an unknown one with {@code INVALID_TYPE}. */
  static Binder of(Catalog catalog, SoqlQuery query) {
    String name = query.from().text();
    ObjectShape object =
        catalog
            .object(name)
            .orElseThrow(
                () ->
                    query
                        .text()
                        .refuse(
                            SoqlError.INVALID_TYPE,
                            query.from().at(),
                            "sObject type '%s' is not supported. If you are attempting to use a custom object, be sure to append the '__c' after the entity name. Please reference your WSDL or the describe call for the appropriate names."
                                .formatted(name)));
    return new Binder(catalog, query.text(), object, query.alias());
  }

  ObjectShape object() {
    return object;
  }

  Bound bind(Operand operand) {
    return operand.match(this::field, this::call);
  }

  /** Looks up a field or a parent's field. */
  Bound field(Path path) {
    List<String> names = path.names();
    if (names.size() > 1 && isSelf(names.get(0))) {
      names = names.subList(1, names.size());
    }
    if (names.size() - 1 > HOPS_MAX) {
      throw text.refuse(
          SoqlError.INVALID_FIELD,
          path.at(),
          "only %d levels of relationship are allowed".formatted(HOPS_MAX));
    }
    List<String> resolved = new ArrayList<>();
    List<FieldShape> hops = new ArrayList<>();
    ObjectShape here = object;
    for (String name : names.subList(0, names.size() - 1)) {
      FieldShape reference =
          here.relationship(name).orElseThrow(() -> unknownRelationship(path, name));
      hops.add(reference);
      resolved.add(Optional.ofNullable(reference.relationshipName()).orElse(name));
      if (reference.referenceTo().size() > 1) {
        return polymorphic(path, names, resolved, hops);
      }
      here =
          catalog
              .object(reference.referenceTo().get(0))
              .orElseThrow(() -> unknownRelationship(path, name));
    }
    FieldShape field = column(path, here, names.get(names.size() - 1));
    resolved.add(field.name());
    Getter getter =
        hops.isEmpty()
            ? (row, lookup) -> row.value(field.index())
            : (row, lookup) -> {
              RecordView parent = walk(row, lookup, hops);
              return parent == null ? null : parent.value(field.index());
            };
    return new Bound(
        List.copyOf(resolved),
        field.kind(),
        field.abilities(),
        getter,
        hops.isEmpty() ? field : null);
  }

  /**
   * Gives the id each parent on the path has, outermost first; null from the first missing one on.
   */
  Getter parentId(List<String> relationshipPath) {
    List<String> names = new ArrayList<>(relationshipPath);
    names.add("Id");
    return field(new Path(List.copyOf(names), 0)).getter();
  }

  private Bound polymorphic(
      Path path, List<String> names, List<String> resolved, List<FieldShape> hops) {
    if (names.size() != resolved.size() + 1) {
      throw unknownRelationship(path, names.get(resolved.size()));
    }
    String name = names.get(names.size() - 1);
    FieldShape reference = hops.get(hops.size() - 1);
    @Nullable FieldShape sample = null;
    for (String target : reference.referenceTo()) {
      Optional<FieldShape> found = catalog.object(target).flatMap(shape -> shape.field(name));
      if (found.isPresent()) {
        sample = found.get();
        break;
      }
    }
    List<FieldShape> walked = List.copyOf(hops);
    if (sample == null && name.equalsIgnoreCase("Type")) {
      resolved.add("Type");
      Getter type =
          (row, lookup) -> {
            Lookup.Parent parent = walkTo(row, lookup, walked);
            return parent == null ? null : parent.shape().name();
          };
      return new Bound(
          List.copyOf(resolved),
          FieldKind.TEXT,
          Set.of(FieldShape.Ability.FILTER, FieldShape.Ability.SORT),
          type,
          null);
    }
    if (sample == null) {
      throw unknownColumn(path, name, "Name");
    }
    FieldShape known = sample;
    resolved.add(known.name());
    Getter getter =
        (row, lookup) -> {
          Lookup.Parent parent = walkTo(row, lookup, walked);
          return parent == null
              ? null
              : parent
                  .shape()
                  .field(known.name())
                  .map(field -> parent.record().value(field.index()))
                  .orElse(null);
        };
    return new Bound(List.copyOf(resolved), known.kind(), known.abilities(), getter, null);
  }

  private static @Nullable RecordView walk(RecordView row, Lookup lookup, List<FieldShape> hops) {
    Lookup.Parent parent = walkTo(row, lookup, hops);
    return parent == null ? null : parent.record();
  }

  private static Lookup.@Nullable Parent walkTo(
      RecordView row, Lookup lookup, List<FieldShape> hops) {
    RecordView here = row;
    Lookup.@Nullable Parent parent = null;
    for (FieldShape hop : hops) {
      Object id = here.value(hop.index());
      parent = id == null ? null : lookup.parent((String) id);
      if (parent == null) {
        return null;
      }
      here = parent.record();
    }
    return parent;
  }

  private Bound call(FunctionCall call) {
    return Functions.named(call.name())
        .map(function -> function.bind(text, this::field, call))
        .orElseThrow(
            () -> text.invalid(call.at(), "Invalid function name: '%s'".formatted(call.name())));
  }

  private boolean isSelf(String name) {
    if (alias != null && alias.equalsIgnoreCase(name)) {
      return true;
    }
    return object.name().equalsIgnoreCase(name) && object.relationship(name).isEmpty();
  }

  private FieldShape column(Path path, ObjectShape in, String name) {
    return in.field(name).orElseThrow(() -> unknownColumn(path, name, in.name()));
  }

  private SoqlException unknownColumn(Path path, String name, String entity) {
    return text.invalid(
        path.at(), "No such column '%s' on entity '%s'.%s".formatted(name, entity, APPEND_C));
  }

  private SoqlException unknownRelationship(Path path, String name) {
    return text.invalid(
        path.at(),
        "Didn't understand relationship '%s' in field path.%s".formatted(name, APPEND_R));
  }
}
