package io.initload.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.initload.simulator.settings.NearestName;
import io.initload.simulator.settings.Settings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * Every switch of an org by name, {@code group.member}, so that each answer a real org gives to an
 * open question is one line of configuration.
 */
public final class OrgSwitches {
  private OrgSwitches() {}

  /**
   * All switches in the order of their groups, each with its value as {@link #set} takes it, so
   * that {@code set(rules, name, value)} changes nothing.
   */
  public static Map<String, String> of(OrgRules rules) {
    Map<String, String> switches = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> group : Settings.tree(rules).properties()) {
      for (Map.Entry<String, JsonNode> member : group.getValue().properties()) {
        switches.put(group.getKey() + "." + member.getKey(), print(member.getValue()));
      }
    }
    return switches;
  }

  /**
   * The same rules with one switch set.
   *
   * @param name {@code group.member}, in any case
   * @param value a name such as {@code store-raw}, a number, a span such as {@code 7d}, or several
   *     of them with commas between
   * @throws IllegalArgumentException if there is no such switch, or it has no such value
   */
  public static OrgRules set(OrgRules rules, String name, String value) {
    String[] path = known(rules, name).split("\\.", 2);
    ObjectNode tree = Settings.tree(rules);
    ObjectNode group = tree.withObject("/" + path[0]);
    if (group.path(path[1]).isArray()) {
      ArrayNode list = group.putArray(path[1]);
      List.of(value.strip().split("\\s*,\\s*", -1)).stream()
          .filter(one -> !one.isEmpty())
          .forEach(list::add);
    } else if (value.equalsIgnoreCase("unlimited")) {
      group.put(path[1], Long.MAX_VALUE);
    } else {
      group.put(path[1], value);
    }
    return Settings.read("rules", tree, OrgRules.class);
  }

  private static String known(OrgRules rules, String name) {
    List<String> names = new ArrayList<>(of(rules).keySet());
    return names.stream()
        .filter(name::equalsIgnoreCase)
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "There is no switch %s%s. Switches: %s"
                        .formatted(name, NearestName.hint(name, names), String.join(", ", names))));
  }

  private static String print(JsonNode value) {
    if (value.isArray()) {
      return StreamSupport.stream(value.spliterator(), false)
          .map(JsonNode::asText)
          .sorted()
          .collect(Collectors.joining(", "));
    }
    return value.canConvertToExactIntegral() && value.asLong() == Long.MAX_VALUE
        ? "unlimited"
        : value.asText();
  }
}
