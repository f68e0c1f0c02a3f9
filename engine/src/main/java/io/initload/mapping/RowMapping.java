package io.initload.mapping;

import io.initload.config.ValueMap;
import io.initload.expression.MapUse;
import io.initload.mapping.org.OrgNames;
import io.initload.masking.Pseudonyms;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * A table's mapping, compiled: which columns are read, how, and which pieces make up each CSV
 * field. Immutable and thread-safe.
 *
 * @param header CSV column names in order
 * @param keyField index of the external id in {@code header}
 * @param reads the columns the cursor must be opened with
 * @param fields the pieces of each field, in header order
 * @param rules of each field, in header order; empty where none has one. Whoever takes the fields
 *     keeps them
 */
public record RowMapping(
    List<String> header,
    int keyField,
    List<ColumnRead> reads,
    List<List<Piece>> fields,
    List<FieldRule> rules) {
  public RowMapping {
    header = List.copyOf(header);
    reads = List.copyOf(reads);
    rules = List.copyOf(rules);
    fields = fields.stream().map(List::copyOf).toList();
  }

  /**
   * Writes a row, field by field in header order. A field fed by several columns is empty when one
   * of them is null. Makes no garbage, but for expressions and masks.
   */
  public void render(SourceRow row, FieldSink sink) {
    for (int field = 0; field < fields.size(); field++) {
      sink.beginField();
      write(fields.get(field), row, sink);
      sink.endField();
    }
  }

  /** The external id's field alone, over the columns it needs alone. */
  public RowMapping keyAlone() {
    List<ColumnRead> needed = new ArrayList<>();
    List<Piece> pieces = new ArrayList<>();
    for (Piece piece : fields.get(keyField)) {
      if (piece instanceof Piece.Parent) {
        continue;
      }
      if (piece instanceof Piece.Read column) {
        pieces.add(new Piece.Read(needed.size()));
        needed.add(reads.get(column.read()));
      } else {
        pieces.add(piece);
      }
    }
    List<FieldRule> rule = rules.isEmpty() ? List.of() : List.of(rules.get(keyField));
    return new RowMapping(List.of(header.get(keyField)), 0, needed, List.of(pieces), rule);
  }

  /** Whether there is an id for names that have none. */
  public boolean fallsBack() {
    return fields.stream()
        .flatMap(List::stream)
        .anyMatch(piece -> piece instanceof Piece.Named n && n.names().otherwise().isPresent());
  }

  /** The fields with ids in the place of names, with others of them; all other fields are empty. */
  public RowMapping named(UnaryOperator<OrgNames> other) {
    List<List<Piece>> named =
        fields.stream()
            .map(pieces -> pieces.stream().flatMap(piece -> named(piece, other)).toList())
            .toList();
    return new RowMapping(header, keyField, reads, named, List.of());
  }

  private static Stream<Piece> named(Piece piece, UnaryOperator<OrgNames> other) {
    return piece instanceof Piece.Named named
        ? Stream.of(new Piece.Named(named.pieces(), other.apply(named.names())))
        : Stream.empty();
  }

  /** The maps that expressions ask by columns as they are read. */
  public List<MapUse> asked() {
    return fields.stream()
        .flatMap(List::stream)
        .flatMap(piece -> asked(piece).stream())
        .distinct()
        .toList();
  }

  private List<MapUse> asked(Piece piece) {
    if (piece instanceof Piece.Named named
        && named.pieces().size() == 1
        && named.pieces().get(0) instanceof Piece.Read read) {
      return List.of(named.asked(reads.get(read.read()).column()));
    }
    if (piece instanceof Piece.Masked masked) {
      return masked.of().stream().flatMap(inner -> asked(inner).stream()).toList();
    }
    return piece instanceof Piece.Computed computed ? computed.value().asked(reads) : List.of();
  }

  /** Writes a piece that is the whole of a field; false where it is none but a text. */
  private static boolean whole(Piece piece, SourceRow row, FieldSink sink) {
    if (piece instanceof Piece.Read column) {
      row.write(column.read(), sink);
    } else if (piece instanceof Piece.Computed computed) {
      computed.value().write(row, sink);
    } else if (piece instanceof Piece.ParentKey key) {
      key.write(row, sink);
    } else if (piece instanceof Piece.Named named) {
      named.write(row, sink);
    } else if (piece instanceof Piece.Values values) {
      values.write(row, sink);
    } else if (piece instanceof Piece.Masked masked) {
      masked.write(row, sink);
    } else {
      return false;
    }
    return true;
  }

  private static void write(List<Piece> pieces, SourceRow row, FieldSink sink) {
    int first = 0;
    while (first < pieces.size() && pieces.get(first) instanceof Piece.Parent parent) {
      if (parent.isOrphan(row, sink)) {
        return;
      }
      first++;
    }
    if (pieces.size() - first == 1 && whole(pieces.get(first), row, sink)) {
      return;
    }
    for (int i = first; i < pieces.size(); i++) {
      if (pieces.get(i) instanceof Piece.Read column && row.isNull(column.read())) {
        return;
      }
    }
    for (int i = first; i < pieces.size(); i++) {
      if (pieces.get(i) instanceof Piece.Read column) {
        row.write(column.read(), sink);
      } else if (pieces.get(i) instanceof Piece.Text text) {
        sink.text(text.text());
      }
    }
  }

  /** A part of a field's text. */
  public sealed interface Piece {
    /** The value of {@code reads.get(read)}. */
    record Read(int read) implements Piece {}

    /** A fixed text: a constant, or the separator of a composite. */
    record Text(String text) implements Piece {}

    /**
     * Stands before the other pieces of a field, and writes nothing itself.
     *
     * @param read of the column that is null where a row names a parent that is not there
     * @param refusal why such a row is held back; empty where it is loaded without the field
     */
    record Parent(int read, String refusal) implements Piece {
      /** Whether the field stays empty; a row that is held back is shown as it is. */
      boolean isOrphan(SourceRow row, FieldSink sink) {
        if (!row.isNull(read)) {
          return false;
        }
        if (refusal.isEmpty()) {
          sink.noParent();
          return true;
        }
        sink.refused("ORPHAN", refusal);
        return false;
      }
    }

    /**
     * The key of a parent that is looked for: the whole of a field. Blanks alone are none, and name
     * nobody.
     */
    record ParentKey(int read) implements Piece {
      void write(SourceRow row, FieldSink sink) {
        ExactText text = new ExactText();
        row.write(read, text);
        if (!text.take().isBlank()) {
          row.write(read, sink);
        }
      }
    }

    /** What an expression makes of columns: the whole of a field, which is no key. */
    record Computed(ComputedValue value) implements Piece {}

    /** The id of a record of the org that pieces name: the whole of a field, which is no key. */
    record Named(List<Piece> pieces, OrgNames names) implements Piece {
      public Named {
        pieces = List.copyOf(pieces);
      }

      void write(SourceRow row, FieldSink sink) {
        ExactText text = new ExactText(sink);
        RowMapping.write(pieces, row, text);
        String name = text.take();
        if (!name.isBlank()) {
          names.own(name).ifPresentOrElse(sink::text, () -> unknown(name, sink));
        }
      }

      private void unknown(String name, FieldSink sink) {
        if (names.otherwise().isPresent()) {
          sink.noName();
          sink.text(names.otherwise().get());
        } else {
          sink.refused("NAME_UNKNOWN", names.refusal(name));
        }
      }

      /** The names as a map that a column asks. */
      MapUse asked(String column) {
        Map<List<String>, String> entries = new HashMap<>();
        names.ids().forEach((name, id) -> entries.put(List.of(name), id));
        ValueMap map =
            new ValueMap(names.what(), 1, entries, names.otherwise(), ValueMap.Unmapped.FAIL);
        return new MapUse(map, List.of(column), names.foldsCase(), true);
      }
    }

    /** The values of {@code reads}, each once: the whole of a multi-select picklist. */
    record Values(List<Integer> reads) implements Piece {
      private static final String SEPARATOR = ";";

      public Values {
        reads = List.copyOf(reads);
      }

      void write(SourceRow row, FieldSink sink) {
        ExactText text = new ExactText(sink);
        Set<String> values = new LinkedHashSet<>();
        for (int read : reads) {
          row.write(read, text);
          for (String value : text.take().split(SEPARATOR, -1)) {
            values.add(value.strip());
          }
        }
        values.remove("");
        if (!values.isEmpty()) {
          sink.text(String.join(SEPARATOR, values));
        }
      }
    }

    /** A pseudonym of what other pieces make: the whole of a field, which is no key. */
    record Masked(Pseudonyms by, List<Piece> of) implements Piece {
      public Masked {
        of = List.copyOf(of);
      }

      void write(SourceRow row, FieldSink sink) {
        MaskedValue value = new MaskedValue(by, sink);
        RowMapping.write(of, row, value);
        value.hand();
      }
    }
  }
}
