package io.initload.draft;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Writes a draft as the phases and tables of a configuration, with each reason as a comment. */
public final class DraftYaml {
  private static final Set<String> WORDS_OF_YAML = Set.of("null", "true", "false", "~");
  private static final String SEPARATOR = "|";

  private final StringBuilder yaml = new StringBuilder();

  private DraftYaml() {}

  /** The text, from {@code phases:} on. */
  public static String of(Draft draft) {
    DraftYaml writer = new DraftYaml();
    writer.draft(draft);
    return writer.yaml.toString();
  }

  private void draft(Draft draft) {
    line(
        "# Drafted from the dictionary and the describes. Of each match: how sure it is, and why.");
    line("# \"certain\": same names and types that fit; \"likely\": taken, look at it;");
    line("# \"possible\": in a comment, take the # away if it is right.");
    if (!draft.phases().isEmpty()) {
      line("phases: [" + String.join(", ", draft.phases()) + "]");
      line("tables:");
      draft.loaded().forEach(table -> table(table, "  "));
    }
    if (!draft.leftOut().isEmpty()) {
      line("");
      line("# Not loadable as it stands:");
      draft.leftOut().forEach(this::leftOut);
    }
  }

  private void leftOut(DraftedTable table) {
    line("#");
    line("# %s: %s".formatted(table.source(), table.obstacle()));
    if (!table.object().isEmpty() && table.key().isPresent()) {
      table(table, "#  ");
    }
  }

  private void table(DraftedTable table, String indent) {
    String rows = table.rows() < 0 ? "size unknown" : "about %,d rows".formatted(table.rows());
    line("%s# %s -> %s, %s".formatted(indent, table.source(), table.object(), rows));
    line("%s# %s".formatted(indent, table.match()));
    line("%s- source: %s".formatted(indent, scalar(table.source().toString())));
    String inner = indent + "  ";
    line(inner + "object: " + table.object());
    if (!table.phase().isEmpty()) {
      line(inner + "phase: " + table.phase());
    }
    FieldMatch key = table.key().orElseThrow();
    line("%sexternalId: %s # %s".formatted(inner, key.field(), key.reason()));
    columns(table, key, inner);
    composites(table, key, inner);
    for (FieldMatch proposal : table.proposals()) {
      line(
          "%s# %s: %s # %s"
              .formatted(
                  inner + "  ", scalar(proposal.from()), proposal.field(), proposal.reason()));
    }
    table.gaps().forEach(gap -> line("%s# gap: %s".formatted(inner, gap)));
  }

  private void columns(DraftedTable table, FieldMatch key, String indent) {
    Map<String, List<FieldMatch>> byColumn = new LinkedHashMap<>();
    all(table, key).stream()
        .filter(f -> f.columns().size() == 1)
        .forEach(f -> byColumn.computeIfAbsent(f.columns().get(0), c -> new ArrayList<>()).add(f));
    if (!byColumn.isEmpty()) {
      line(indent + "columns:");
    }
    byColumn.forEach(
        (column, feeds) -> {
          if (feeds.size() == 1) {
            line("%s  %s: %s".formatted(indent, scalar(column), feed(feeds.get(0), key)));
          } else {
            line("%s  %s:".formatted(indent, scalar(column)));
            feeds.forEach(f -> line("%s    - %s".formatted(indent, feed(f, key))));
          }
        });
  }

  private static List<FieldMatch> all(DraftedTable table, FieldMatch key) {
    List<FieldMatch> all = new ArrayList<>(List.of(key));
    all.addAll(table.fields());
    return all;
  }

  private static String feed(FieldMatch match, FieldMatch key) {
    return match.equals(key)
        ? scalar(match.field())
        : "%s # %s".formatted(scalar(match.field()), match.reason());
  }

  private void composites(DraftedTable table, FieldMatch key, String indent) {
    Map<String, FieldMatch> joined = new TreeMap<>();
    all(table, key).stream()
        .filter(f -> f.columns().size() > 1)
        .forEach(f -> joined.put(f.field(), f));
    if (!joined.isEmpty()) {
      line(indent + "composites:");
    }
    joined.forEach(
        (field, match) -> {
          line("%s  %s: # %s".formatted(indent, scalar(field), match.reason()));
          line(
              "%s    columns: [%s]"
                  .formatted(
                      indent,
                      String.join(", ", match.columns().stream().map(DraftYaml::scalar).toList())));
          line("%s    separator: \"%s\"".formatted(indent, SEPARATOR));
        });
  }

  /** A name as a scalar, in quotes where YAML would take it for something else. */
  private static String scalar(String name) {
    boolean plain = name.matches("[A-Za-z_][A-Za-z0-9_.$]*(:[A-Za-z_][A-Za-z0-9_.]*)?");
    return plain && !WORDS_OF_YAML.contains(name.toLowerCase(Locale.ROOT))
        ? name
        : "'" + name.replace("'", "''") + "'";
  }

  /** One line, whatever the names in it hold. */
  private void line(String text) {
    yaml.append(text.replaceAll("\\p{Cntrl}", " ").stripTrailing()).append('\n');
  }
}
