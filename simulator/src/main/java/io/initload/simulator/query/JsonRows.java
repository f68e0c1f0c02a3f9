package io.initload.simulator.query;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.initload.simulator.soql.Catalog;
import io.initload.simulator.soql.Column;
import io.initload.simulator.soql.ObjectShape;
import io.initload.simulator.soql.RecordSource;
import io.initload.simulator.soql.run.PreparedQuery;
import io.initload.simulator.soql.run.QueryRows;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Prints rows as {@code /query} does: attributes first, parents as nested objects, datetimes with
 * {@code +0000}.
 */
final class JsonRows {
  private static final DateTimeFormatter DATETIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'+0000'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss.SSS'Z'", Locale.ROOT);

  private final JsonFactory json = new JsonFactory();
  private final PreparedQuery query;
  private final RecordSource source;
  private final String records;
  private final Node root = new Node(-1);

  /** Where a column or a parent lies in a row, and what is below a parent. */
  private static final class Node {
    private final int place;
    private final Map<String, Node> children = new LinkedHashMap<>();

    Node(int place) {
      this.place = place;
    }
  }

  /** {@code dataPath} is {@code /services/data/v60.0}. */
  <S extends Catalog & RecordSource> JsonRows(PreparedQuery query, S source, String dataPath) {
    this.query = query;
    this.source = source;
    this.records = dataPath + "/sobjects/";
    List<Column> columns = query.columns();
    for (int i = 0; i < columns.size(); i++) {
      List<String> path = columns.get(i).path();
      Node node = root;
      for (int depth = 1; depth < path.size(); depth++) {
        int parent = query.parents().indexOf(path.subList(0, depth));
        node = node.children.computeIfAbsent(path.get(depth - 1), absent -> new Node(parent));
      }
      node.children.put(path.get(path.size() - 1), new Node(i));
    }
  }

  /** Prints the row the rows stand on. */
  void print(QueryRows rows, Bytes out) throws IOException {
    try (JsonGenerator to = json.createGenerator(out)) {
      if (query.isAggregate()) {
        to.writeStartObject();
        to.writeObjectFieldStart("attributes");
        to.writeStringField("type", "AggregateResult");
        to.writeEndObject();
        fields(to, root, rows);
        to.writeEndObject();
      } else {
        record(to, root, query.object().name(), rows.id(), rows);
      }
    }
  }

  private void record(JsonGenerator to, Node node, String type, String id, QueryRows rows)
      throws IOException {
    to.writeStartObject();
    to.writeObjectFieldStart("attributes");
    to.writeStringField("type", type);
    to.writeStringField("url", records + type + "/" + id);
    to.writeEndObject();
    fields(to, node, rows);
    to.writeEndObject();
  }

  private void fields(JsonGenerator to, Node node, QueryRows rows) throws IOException {
    for (Map.Entry<String, Node> child : node.children.entrySet()) {
      to.writeFieldName(child.getKey());
      Node below = child.getValue();
      if (below.children.isEmpty()) {
        value(to, rows.value(below.place));
        continue;
      }
      String id = rows.parentId(below.place);
      if (id == null) {
        to.writeNull();
      } else {
        record(to, below, source.objectOf(id).map(ObjectShape::name).orElse("Name"), id, rows);
      }
    }
  }

  private static void value(JsonGenerator to, @Nullable Object value) throws IOException {
    if (value == null) {
      to.writeNull();
    } else if (value instanceof Boolean flag) {
      to.writeBoolean(flag);
    } else if (value instanceof Long number) {
      to.writeNumber(number);
    } else if (value instanceof Double number) {
      to.writeNumber(number);
    } else if (value instanceof Instant instant) {
      to.writeString(DATETIME.format(instant));
    } else if (value instanceof LocalTime time) {
      to.writeString(TIME.format(time));
    } else {
      to.writeString(value.toString());
    }
  }
}
