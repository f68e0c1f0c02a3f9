package io.initload.mapping.compile;

import io.initload.Nearest;
import io.initload.config.FieldMapping;
import io.initload.config.FieldMapping.Constant;
import io.initload.config.OrphanPolicy;
import io.initload.config.SourceName.Parents;
import io.initload.config.TableConfig;
import io.initload.mapping.ColumnRead;
import io.initload.mapping.Rendering;
import io.initload.mapping.RowMapping.Piece;
import io.initload.mapping.compile.TargetResolver.Target;
import io.initload.mapping.org.OrgNames;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * What stands around the pieces of fields that name other records: the look whether a parent is
 * there, and the id of who is named.
 */
final class ParentPieces {
  private final TableConfig table;
  private final Findings findings;

  ParentPieces(TableConfig table, Findings findings) {
    this.table = table;
    this.findings = findings;
  }

  /**
   * The pieces of a field with what they need around them.
   *
   * @param place makes the read of a column one of the table's, and tells its place
   */
  List<Piece> pieces(
      FieldMapping mapping, Target target, List<Piece> own, ToIntFunction<ColumnRead> place) {
    List<Piece> pieces = new ArrayList<>(before(mapping.field(), place));
    if (target.names().isEmpty()) {
      pieces.addAll(looked(mapping.field()) ? key(own) : own);
    } else {
      if (mapping.feed() instanceof Constant constant) {
        check(constant.value(), target.names().get());
      }
      pieces.add(new Piece.Named(own, target.names().get()));
    }
    return pieces;
  }

  private boolean looked(String field) {
    return table.source().parents().stream().anyMatch(parents -> parents.field().equals(field));
  }

  private static List<Piece> key(List<Piece> own) {
    return own.size() == 1 && own.get(0) instanceof Piece.Read column
        ? List.of(new Piece.ParentKey(column.read()))
        : own;
  }

  private void check(String name, OrgNames names) {
    if (names.id(name).isEmpty()) {
      findings.error(
          "NAME_UNKNOWN",
          "The constant %s%s."
              .formatted(names.refusal(name), Nearest.hint(name, names.ids().keySet())),
          "Write a name that the org has and that the user of the migration can give, or have it"
              + " made available in Setup.");
    }
  }

  /**
   * The looks of a field: its own, and of the key those of lookups that another pass sets, since a
   * row is held back as a whole.
   */
  private List<Piece> before(String field, ToIntFunction<ColumnRead> place) {
    boolean key = field.equals(table.externalId());
    return table.source().parents().stream()
        .filter(parents -> parents.field().equals(field) || (key && leftOut(parents)))
        .map(parents -> piece(parents, place))
        .toList();
  }

  private boolean leftOut(Parents parents) {
    return policy(parents) == OrphanPolicy.REJECT
        && table.fields().stream().map(FieldMapping::field).noneMatch(parents.field()::equals);
  }

  private Piece piece(Parents parents, ToIntFunction<ColumnRead> place) {
    int read = place.applyAsInt(new ColumnRead(parents.column(), Rendering.TEXT));
    return new Piece.Parent(
        read,
        policy(parents) == OrphanPolicy.NULL
            ? ""
            : "belongs to a row that names no parent by %s that is among those of the migration"
                .formatted(parents.field()));
  }

  /** Rows of a table that orphans forbid to load are held back where some come later. */
  private OrphanPolicy policy(Parents parents) {
    return table.hierarchy().orphans().getOrDefault(parents.field(), OrphanPolicy.FAIL);
  }
}
