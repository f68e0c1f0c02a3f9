package io.initload.cli.init;

import io.initload.Failure;
import io.initload.Nearest;
import io.initload.config.SourceName;
import io.initload.draft.SourceTable;
import io.initload.source.SourceCatalogue;
import io.initload.source.SourceCatalogue.Schema;
import io.initload.source.SourceDatabase;
import io.initload.source.TableShape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The tables of the source that are to be loaded: by options, by answers, or all of a schema. */
final class SourceSide {
  private final SourceDatabase source;
  private final SourceCatalogue catalogue;
  private final Questions questions;
  private final List<SourceTable> chosen = new ArrayList<>();

  SourceSide(SourceDatabase source, Questions questions) {
    this.source = source;
    this.catalogue = source.catalogue();
    this.questions = questions;
  }

  /**
   * What is to be loaded, with its foreign keys.
   *
   * @param schemas empty for one that is asked for, or the user's own
   * @param tables empty for all of the schemas
   */
  List<SourceTable> tables(List<String> schemas, List<String> tables) {
    if (tables.isEmpty()) {
      List<SourceTable> all = schemas(schemas).stream().flatMap(s -> of(s).stream()).toList();
      List<String> names = all.stream().map(t -> t.name().toString()).toList();
      List<String> kept = questions.several("Which tables", names);
      all.stream().filter(t -> kept.contains(t.name().toString())).forEach(chosen::add);
    } else {
      tables.forEach(table -> chosen.add(described(source.shape(parsed("--table", table)))));
    }
    return List.copyOf(chosen);
  }

  /**
   * The objects that options name, by table.
   *
   * @throws Failure {@code USAGE} for a table that is not among the chosen ones
   */
  Map<SourceName, String> chosen(Map<String, String> objects) {
    Map<SourceName, String> named = new LinkedHashMap<>();
    objects.forEach((table, object) -> named.put(known(table), object));
    return named;
  }

  private SourceName known(String text) {
    SourceName wanted = parsed("--object", text);
    return chosen.stream()
        .map(SourceTable::name)
        .filter(
            name ->
                name.table().equals(wanted.table())
                    && (wanted.owner().isEmpty() || name.owner().equals(wanted.owner())))
        .findFirst()
        .orElseThrow(
            () -> {
              List<String> names = chosen.stream().map(t -> t.name().toString()).toList();
              return usage(
                  "--object %s is none of the tables: %s%s"
                      .formatted(text, String.join(", ", names), Nearest.hint(text, names)));
            });
  }

  private List<String> schemas(List<String> wanted) {
    List<Schema> all = catalogue.schemas();
    List<String> names = all.stream().map(Schema::name).toList();
    for (String one : wanted) {
      if (!names.contains(one)) {
        throw usage(
            "--schema %s has no tables that this user sees; there are %s%s"
                .formatted(one, String.join(", ", names), Nearest.hint(one, names)));
      }
    }
    if (!wanted.isEmpty()) {
      return wanted;
    }
    if (names.isEmpty()) {
      throw usage("This user sees no table of the source");
    }
    List<String> shown =
        all.stream().map(s -> "%s (%d tables)".formatted(s.name(), s.tables())).toList();
    return List.of(names.get(shown.indexOf(questions.one("Which schema", shown))));
  }

  private List<SourceTable> of(String schema) {
    List<SourceTable> tables = new ArrayList<>();
    for (SourceName name : catalogue.tables(schema)) {
      shape(name)
          .filter(s -> s.kind() != TableShape.Kind.VIEW)
          .map(this::described)
          .ifPresent(tables::add);
    }
    return tables;
  }

  /** Empty for what cannot be migrated at all, such as a temporary table. */
  private Optional<TableShape> shape(SourceName name) {
    try {
      return Optional.of(source.shape(name));
    } catch (Failure e) {
      if (e.endsRun()) {
        throw e; // It would be met with every table.
      }
      questions.say("left out: %s: %s".formatted(name, e.getMessage()));
      return Optional.empty();
    }
  }

  private SourceTable described(TableShape shape) {
    return new SourceTable(shape, catalogue.foreignKeys(shape.name()));
  }

  private static SourceName parsed(String option, String text) {
    try {
      return SourceName.parse(text);
    } catch (IllegalArgumentException e) {
      throw usage("%s %s %s".formatted(option, text, e.getMessage()));
    }
  }

  private static Failure usage(String message) {
    return new Failure(
        Failure.Kind.CONFIGURATION,
        "USAGE",
        message + ".",
        "Name what is there, letter case included.");
  }
}
