package io.initload.ledger.database;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.initload.ledger.entry.Allowance.OrgReading;
import io.initload.plan.ChunkBounds;
import io.initload.plan.SourceIdentity;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The few values the ledger keeps as JSON text. */
public final class LedgerJson {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final TypeReference<List<String>> TEXTS = new TypeReference<>() {};
  private static final TypeReference<Map<String, String>> SETTINGS = new TypeReference<>() {};

  private LedgerJson() {}

  public static String texts(List<String> values) {
    return write(values);
  }

  public static List<String> texts(String json) {
    try {
      return MAPPER.readValue(json, TEXTS);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("not a list of texts in the ledger: " + json, e);
    }
  }

  public static String settings(Map<String, String> settings) {
    return write(settings);
  }

  public static Map<String, String> settings(String json) {
    try {
      return MAPPER.readValue(json, SETTINGS);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("no settings in the ledger: " + json, e);
    }
  }

  /** Reads what {@link #texts(List)} wrote; empty where it did not write that. */
  public static Optional<List<String>> textsIfAny(String json) {
    try {
      return Optional.ofNullable(MAPPER.readValue(json, TEXTS));
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  public static String bounds(ChunkBounds bounds) {
    ObjectNode node = MAPPER.createObjectNode();
    if (bounds instanceof ChunkBounds.Whole) {
      node.put("kind", "whole");
    } else if (bounds instanceof ChunkBounds.KeyRange range) {
      node.put("kind", "key");
      node.set("columns", MAPPER.valueToTree(range.columns()));
      node.set("low", MAPPER.valueToTree(range.low()));
      node.set("high", MAPPER.valueToTree(range.high()));
      node.put("ordered", range.ordered());
    } else if (bounds instanceof ChunkBounds.RowidRange range) {
      node.put("kind", "rowid").put("partition", range.partition());
      node.put("low", range.low()).put("high", range.high());
    } else if (bounds instanceof ChunkBounds.HashBucket hash) {
      node.put("kind", "hash").put("buckets", hash.buckets()).put("bucket", hash.bucket());
      node.set("columns", MAPPER.valueToTree(hash.columns()));
    } else if (bounds instanceof ChunkBounds.Partition partition) {
      node.put("kind", "partition").put("name", partition.name()).put("sub", partition.sub());
    } else {
      throw new IllegalStateException("bounds the ledger cannot write: " + bounds);
    }
    return write(node);
  }

  public static ChunkBounds bounds(String json) {
    try {
      JsonNode node = MAPPER.readTree(json);
      return switch (node.path("kind").asText()) {
        case "whole" -> new ChunkBounds.Whole();
        case "key" ->
            new ChunkBounds.KeyRange(
                texts(node.path("columns").toString()),
                texts(node.path("low").toString()),
                texts(node.path("high").toString()),
                node.path("ordered").asBoolean());
        case "rowid" ->
            new ChunkBounds.RowidRange(
                node.path("partition").asText(),
                node.path("low").asText(),
                // Where it is left out in any case, it was marked once.
                node.path("high").asText().replaceFirst("^<", ""));
        case "hash" ->
            new ChunkBounds.HashBucket(
                texts(node.path("columns").toString()),
                node.path("buckets").asInt(),
                node.path("bucket").asInt());
        case "partition" ->
            new ChunkBounds.Partition(node.path("name").asText(), node.path("sub").asBoolean());
        default -> throw new IllegalStateException("unknown bounds in the ledger: " + json);
      };
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("bounds in the ledger are not JSON: " + json, e);
    }
  }

  public static String reading(OrgReading batches) {
    return write(
        MAPPER
            .createObjectNode()
            .put("left", batches.left())
            .put("max", batches.max())
            .put("at", batches.at().toString()));
  }

  public static OrgReading reading(String json) {
    try {
      JsonNode node = MAPPER.readTree(json);
      return new OrgReading(
          node.required("left").asLong(),
          node.required("max").asLong(),
          Instant.parse(node.required("at").asText()));
    } catch (JsonProcessingException | IllegalArgumentException | DateTimeParseException e) {
      throw new IllegalStateException("no reading of an org in the ledger: " + json, e);
    }
  }

  public static String identity(SourceIdentity source) {
    return write(
        MAPPER
            .createObjectNode()
            .put("kind", source.kind())
            .put("id", source.id())
            .put("name", source.name()));
  }

  public static SourceIdentity identity(String json) {
    try {
      JsonNode node = MAPPER.readTree(json);
      return new SourceIdentity(
          node.required("kind").asText(),
          node.required("id").asText(),
          node.required("name").asText());
    } catch (JsonProcessingException | IllegalArgumentException e) {
      throw new IllegalStateException("no identity of a source in the ledger: " + json, e);
    }
  }

  private static String write(Object value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a value that cannot be written", e);
    }
  }
}
