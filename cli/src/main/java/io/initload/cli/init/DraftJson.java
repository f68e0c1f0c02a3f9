package io.initload.cli.init;

import io.initload.draft.Draft;
import io.initload.draft.DraftedTable;
import io.initload.draft.FieldMatch;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A draft for a program: what the new file says in comments. */
final class DraftJson {
  private DraftJson() {}

  static List<Map<String, Object>> of(Draft draft) {
    return draft.tables().stream().map(DraftJson::table).toList();
  }

  private static Map<String, Object> table(DraftedTable table) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("source", table.source().toString());
    json.put("object", table.object());
    json.put("confidence", table.match().confidence().toString());
    json.put("reason", table.match().text());
    json.put("loaded", table.loaded());
    json.put("obstacle", table.obstacle());
    json.put("phase", table.phase());
    json.put("rows", table.rows());
    json.put("externalId", table.key().stream().map(DraftJson::field).toList());
    json.put("fields", table.fields().stream().map(DraftJson::field).toList());
    json.put("proposals", table.proposals().stream().map(DraftJson::field).toList());
    json.put("gaps", table.gaps());
    return json;
  }

  private static Map<String, Object> field(FieldMatch match) {
    return Map.of(
        "columns",
        match.columns(),
        "field",
        match.field(),
        "confidence",
        match.reason().confidence().toString(),
        "reason",
        match.reason().text());
  }
}
