package io.initload.simulator.fault;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.node.TextNode;
import io.initload.simulator.settings.NearestName;
import java.io.IOException;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads {@code then:} of a rule: one key that names the kind of fault, and what belongs to it. */
final class FaultReader extends StdDeserializer<Fault> {
  private static final long serialVersionUID = 1L;

  private static final SortedMap<String, Class<? extends Fault>> KINDS =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("answer", Fault.Answered.class),
              Map.entry("reset", Fault.ConnectionReset.class),
              Map.entry("lostReply", Fault.ConnectionReset.class),
              Map.entry("uploadReset", Fault.UploadReset.class),
              Map.entry("revokeToken", Fault.TokenRevoked.class),
              Map.entry("delay", Fault.Delayed.class),
              Map.entry("slowBody", Fault.SlowBody.class),
              Map.entry("truncateBody", Fault.TruncatedBody.class),
              Map.entry("setLimit", Fault.LimitSet.class),
              Map.entry("failJob", Fault.JobFailed.class),
              Map.entry("abortJob", Fault.JobAborted.class),
              Map.entry("stallJob", Fault.JobStalled.class),
              Map.entry("lockStorm", Fault.LockStorm.class)));

  FaultReader() {
    super(Fault.class);
  }

  @Override
  public Fault deserialize(JsonParser parser, DeserializationContext context) throws IOException {
    JsonNode then = context.readTree(parser);
    if (!then.isObject() || then.size() != 1) {
      throw JsonMappingException.from(parser, "it takes exactly one of " + KINDS.keySet());
    }
    Map.Entry<String, JsonNode> only = then.properties().iterator().next();
    String kind = only.getKey();
    Class<? extends Fault> type = KINDS.get(kind);
    if (type == null) {
      throw JsonMappingException.from(
          parser,
          "unknown fault '%s'; known are %s%s"
              .formatted(kind, KINDS.keySet(), NearestName.hint(kind, KINDS.keySet())));
    }
    // A lost reply says no more than its name.
    JsonNode value = kind.equals("lostReply") ? TextNode.valueOf("after-commit") : only.getValue();
    try {
      return context.readTreeAsValue(value, type);
    } catch (JsonMappingException e) {
      e.prependPath(this, kind);
      throw e;
    }
  }
}
