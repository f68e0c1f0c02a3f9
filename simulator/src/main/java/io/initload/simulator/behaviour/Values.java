package io.initload.simulator.behaviour;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What stands for <code>${name}</code> in requests and expectations. For one thread. */
final class Values {
  private static final Pattern NAME = Pattern.compile("\\$\\{(\\w+)}");

  private final Map<String, String> values = new LinkedHashMap<>();

  Values(Map<String, String> given) {
    values.putAll(given);
  }

  void put(String name, String value) {
    values.put(name, value);
  }

  /** As it is sent. */
  String text(String template) {
    return NAME.matcher(template).replaceAll(m -> Matcher.quoteReplacement(of(m.group(1))));
  }

  /** As it is looked for: values stand for themselves. */
  String pattern(String template) {
    return NAME.matcher(template)
        .replaceAll(m -> Matcher.quoteReplacement(Pattern.quote(of(m.group(1)))));
  }

  private String of(String name) {
    String value = values.get(name);
    if (value == null) {
      throw new IllegalStateException("nobody said what ${" + name + "} is");
    }
    return value;
  }
}
