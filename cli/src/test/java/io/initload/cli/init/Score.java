package io.initload.cli.init;

import com.fasterxml.jackson.databind.JsonNode;
import io.initload.cli.init.PublishedSchema.Truth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What a draft has right and wrong, a line each.
 *
 * @param all what a person would have written
 * @param right what is written as a person would have
 * @param offered what is right, but in a comment
 * @param wrong what a person would have written otherwise, or not at all; in a comment or not
 * @param wrongThoughCertain those of them that are called certain
 */
record Score(
    Set<String> all,
    List<String> right,
    List<String> offered,
    List<String> wrong,
    List<String> wrongThoughCertain) {
  static Score of(JsonNode drafted, List<Truth> truth) {
    Score score =
        new Score(
            new HashSet<>(),
            new ArrayList<>(),
            new ArrayList<>(),
            new ArrayList<>(),
            new ArrayList<>());
    Map<String, String> objects = new HashMap<>();
    for (Truth line : truth) {
      objects.put(line.table().toLowerCase(Locale.ROOT), line.object());
      if (!line.field().isEmpty()) {
        score.all.add(line(line.table(), List.of(line.column().split("\\+", -1)), line.field()));
      }
    }
    drafted.path("tables").forEach(table -> score.table(table, objects));
    return score;
  }

  private void table(JsonNode table, Map<String, String> objects) {
    String name = table.path("source").asText().replaceFirst("^[^.]*\\.", "");
    String object = objects.getOrDefault(name.toLowerCase(Locale.ROOT), "");
    if (!table.path("object").asText().isEmpty() && !table.path("object").asText().equals(object)) {
      wrong(name + " -> " + table.path("object").asText(), table);
    }
    boolean loaded = table.path("loaded").asBoolean();
    for (String list : List.of("externalId", "fields", "proposals")) {
      for (JsonNode match : table.path(list)) {
        List<String> columns = new ArrayList<>();
        match.path("columns").forEach(c -> columns.add(c.asText()));
        String line = line(name, columns, match.path("field").asText());
        if (!all.contains(line) || !table.path("object").asText().equals(object)) {
          wrong(line, match);
        } else {
          (loaded && !list.equals("proposals") ? right : offered).add(line);
        }
      }
    }
  }

  private void wrong(String line, JsonNode match) {
    wrong.add(line);
    if (match.path("confidence").asText().equals("certain")) {
      wrongThoughCertain.add(line);
    }
  }

  private static String line(String table, List<String> columns, String field) {
    String[] sorted = columns.toArray(String[]::new);
    Arrays.sort(sorted);
    return (table + "." + String.join("+", sorted) + " -> " + field).toLowerCase(Locale.ROOT);
  }

  @Override
  public String toString() {
    return "%d of %d right, %d more offered, %d wrong, %d of them as certain"
        .formatted(
            right.size(), all.size(), offered.size(), wrong.size(), wrongThoughCertain.size());
  }
}
