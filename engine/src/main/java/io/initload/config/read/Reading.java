package io.initload.config.read;

import io.initload.Sha256;
import io.initload.config.read.ConfigException.Problem;
import io.initload.config.read.Scalar.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/**
 * One reading of one file: gathers faults instead of stopping at the first, and remembers which
 * settings were asked for, so that all others are unknown. Not thread-safe.
 */
final class Reading {
  private static final Pattern REFERENCE =
      Pattern.compile("\\$\\$\\{|\\$\\{([A-Za-z_][A-Za-z0-9_]*)}|\\$\\{");

  private static final Pattern VARIABLE = Pattern.compile("\\$\\{[A-Za-z_][A-Za-z0-9_]*}");

  /** Of a query, for example. */
  private static final int SAID_CHARACTERS = 200;

  private final Map<String, String> environment;
  private final List<Problem> problems = new ArrayList<>();
  private final List<Runnable> checks = new ArrayList<>();
  private final Map<String, String> settings = new TreeMap<>();
  private final Map<Node, Said> said = new LinkedHashMap<>();

  Reading(Map<String, String> environment) {
    this.environment = environment;
  }

  void fault(int line, String path, String message) {
    problems.add(new Problem(line, path, message));
  }

  /** What is still to be checked when all settings were asked for. */
  void atEnd(Runnable check) {
    checks.add(check);
  }

  /** Remembers that a setting exists, and its default ({@code ""} for none). */
  void asked(String pattern, String defaultText) {
    settings.merge(pattern, defaultText, (old, now) -> old.isEmpty() ? now : old);
  }

  /** Every setting asked for so far with its default: lists as {@code []}, free names as *. */
  Map<String, String> settings() {
    return settings;
  }

  /** What stands in the file at a path. */
  private record Said(String path, String shown) {}

  /**
   * All that the file says, as it stands there, by the path of the setting; several values of one
   * in their order. Of long ones only the beginning.
   */
  Map<String, String> said() {
    Map<String, String> all = new TreeMap<>();
    said.values().forEach(one -> all.merge(one.path, one.shown, (a, b) -> a + ", " + b));
    all.replaceAll((path, text) -> shortened(text));
    return all;
  }

  private static String shortened(String text) {
    return text.length() <= SAID_CHARACTERS
        ? text
        : "%s... (SHA-256 %s)".formatted(text.substring(0, SAID_CHARACTERS), Sha256.of(text));
  }

  /** What stands at a node is a secret, unless it is the name of a variable. */
  void secret(Node node, String path) {
    if (said.containsKey(node)) {
      String shown = said.get(node).shown;
      said.put(node, new Said(path, VARIABLE.matcher(shown).matches() ? shown : "******"));
    }
  }

  /** The faults, in the order of the file; unknown settings included. */
  List<Problem> finish() {
    checks.forEach(Runnable::run);
    checks.clear();
    List<Problem> sorted = new ArrayList<>(problems);
    sorted.sort(Comparator.comparingInt(Problem::line));
    return sorted;
  }

  /** The value at a node; empty after a fault. */
  Optional<Scalar> scalar(Node node, String path, Set<Kind> wanted) {
    int line = YamlTree.lineOf(node);
    String shown = node instanceof ScalarNode value ? YamlTree.text(value) : "";
    Kind kind = shown.contains("${") ? Kind.INTERPOLATED : Kind.of(node.getTag());
    if (!(node instanceof ScalarNode) || !wanted.contains(kind)) {
      boolean quotable = node instanceof ScalarNode && kind != Kind.NOTHING;
      fault(
          line,
          path,
          "must be "
              + words(wanted)
              + ", not "
              + YamlTree.describe(node)
              + (quotable && wanted.contains(Kind.TEXT) ? "; put it in quotes" : ""));
      return Optional.empty();
    }
    said.put(node, new Said(path, shown));
    return interpolated(shown, line, path).map(text -> new Scalar(text, shown, line, path));
  }

  /**
   * Replaces every <code>${NAME}</code>; empty when that failed, which is a fault already. <code>
   * $${</code> stands for a plain <code>${</code>.
   */
  private Optional<String> interpolated(String raw, int line, String path) {
    StringBuilder text = new StringBuilder();
    Matcher matcher = REFERENCE.matcher(raw);
    int at = 0;
    boolean whole = true;
    while (matcher.find()) {
      text.append(raw, at, matcher.start());
      at = matcher.end();
      String name = matcher.group(1);
      String value = name == null ? null : environment.get(name);
      if (matcher.group().startsWith("$$")) {
        text.append("${");
      } else if (name == null) {
        fault(line, path, "${ must be followed by NAME}; write $${ where a plain ${ is meant");
        whole = false;
      } else if (value == null) {
        fault(line, path, "the environment variable " + name + " is not set");
        whole = false;
      } else {
        text.append(value);
      }
    }
    return whole ? Optional.of(text.append(raw, at, raw.length()).toString()) : Optional.empty();
  }

  private static String words(Set<Kind> kinds) {
    return Arrays.stream(Kind.values())
        .filter(kind -> kinds.contains(kind) && kind != Kind.INTERPOLATED)
        .map(kind -> kind.words)
        .collect(Collectors.joining(" or "));
  }
}
