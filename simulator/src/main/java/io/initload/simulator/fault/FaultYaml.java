package io.initload.simulator.fault;

import io.initload.simulator.fault.Fault.Moment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Reads plans. Every mistake is an {@link IllegalArgumentException} that names the rule and the
 * key.
 */
final class FaultYaml {
  private static final Set<String> TOP = Set.of("seed", "faults", "drawn");
  private static final Set<String> RULE = Set.of("name", "when", "then");
  private static final Set<String> WHEN =
      Set.of(
          "numbers",
          "method",
          "path",
          "action",
          "object",
          "after",
          "until",
          "probability",
          "times");

  FaultPlan read(Path file) {
    try {
      return read(Files.readString(file));
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "cannot read the fault plan %s: %s".formatted(file, e.getMessage()), e);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("%s: %s".formatted(file, e.getMessage()), e);
    }
  }

  FaultPlan read(String yaml) {
    Object parsed;
    try {
      parsed = new Load(LoadSettings.builder().setLabel("fault plan").build()).loadFromString(yaml);
    } catch (YamlEngineException e) {
      throw new IllegalArgumentException("not YAML: " + e.getMessage(), e);
    }
    Keys top = new Keys("fault plan", parsed, TOP);
    List<FaultRule> rules = new ArrayList<>();
    if (top.get("drawn") != null && top.get("faults") == null) {
      return FaultPlan.drawn(top.number("seed", 0), top.decimal("drawn", 0));
    }
    Object listed = top.get("faults");
    if (!(listed instanceof List<?> faults)) {
      throw new IllegalArgumentException("fault plan: 'faults' must be a list of rules");
    }
    for (Object rule : faults) {
      rules.add(rule("faults[%d]".formatted(rules.size()), rule));
    }
    return new FaultPlan(top.number("seed", 0), rules);
  }

  private static FaultRule rule(String where, @Nullable Object value) {
    Keys rule = new Keys(where, value, RULE);
    Fault fault = FaultKinds.read(where + ".then", rule.get("then"));
    Trigger trigger =
        rule.get("when") == null
            ? Trigger.always()
            : trigger(new Keys(where + ".when", rule.get("when"), WHEN));
    String name = Optional.ofNullable(rule.text("name")).orElse(fault.getClass().getSimpleName());
    return new FaultRule(name, trigger, fault);
  }

  private static Trigger trigger(Keys when) {
    try {
      String numbers = when.text("numbers");
      return new Trigger(
          numbers == null ? null : NumberSet.of(numbers),
          when.text("method"),
          when.text("path"),
          when.text("action"),
          when.text("object"),
          when.duration("after"),
          when.duration("until"),
          when.decimal("probability", 1),
          (int) when.number("times", 0));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("%s: %s".formatted(when.where, e.getMessage()), e);
    }
  }

  /** The keys of one mapping, with its place in the document. */
  static final class Keys {
    private final String where;
    private final Map<String, @Nullable Object> values = new HashMap<>();

    Keys(String where, @Nullable Object value, Set<String> known) {
      this.where = where;
      if (!(value instanceof Map<?, ?> map)) {
        throw new IllegalArgumentException(
            "%s must be a mapping with some of %s".formatted(where, sorted(known)));
      }
      map.forEach((key, entry) -> values.put(String.valueOf(key), entry));
      for (String key : values.keySet()) {
        if (!known.contains(key)) {
          throw new IllegalArgumentException(
              "%s: unknown key '%s'; known are %s".formatted(where, key, sorted(known)));
        }
      }
    }

    private static List<String> sorted(Set<String> keys) {
      return keys.stream().sorted().toList();
    }

    @Nullable Object get(String key) {
      return values.get(key);
    }

    @Nullable String text(String key) {
      Object value = values.get(key);
      return value == null ? null : value.toString();
    }

    long number(String key, long absent) {
      Object value = values.get(key);
      if (value == null) {
        return absent;
      }
      if (value instanceof Number number && number.doubleValue() == number.longValue()) {
        return number.longValue();
      }
      throw new IllegalArgumentException(
          "%s.%s must be a whole number, not '%s'".formatted(where, key, value));
    }

    double decimal(String key, double absent) {
      Object value = values.get(key);
      if (value == null) {
        return absent;
      }
      if (value instanceof Number number) {
        return number.doubleValue();
      }
      throw new IllegalArgumentException(
          "%s.%s must be a number, not '%s'".formatted(where, key, value));
    }

    @Nullable Duration duration(String key) {
      String text = text(key);
      return text == null ? null : duration(where + "." + key, text);
    }

    /** {@code 500ms}, {@code 10s}, {@code 5m}, {@code 24h}, {@code 7d} or ISO-8601. */
    static Duration duration(String where, String text) {
      String bare = text.strip().toLowerCase(Locale.ROOT);
      try {
        if (bare.startsWith("p")) {
          return Duration.parse(bare);
        }
        if (bare.endsWith("ms")) {
          return Duration.ofMillis(Long.parseLong(bare.substring(0, bare.length() - 2).strip()));
        }
        long count = Long.parseLong(bare.substring(0, Math.max(0, bare.length() - 1)).strip());
        return switch (bare.charAt(bare.length() - 1)) {
          case 's' -> Duration.ofSeconds(count);
          case 'm' -> Duration.ofMinutes(count);
          case 'h' -> Duration.ofHours(count);
          case 'd' -> Duration.ofDays(count);
          default -> throw new DateTimeException("no unit");
        };
      } catch (NumberFormatException | DateTimeException e) {
        throw new IllegalArgumentException(
            "%s must be a span like 500ms, 10s, 5m, 24h or 7d, not '%s'".formatted(where, text), e);
      }
    }

    /** Whether the fault strikes before or after the request is carried out. */
    Moment moment() {
      Object after = values.get("afterCommit");
      if (after == null || Boolean.FALSE.equals(after)) {
        return Moment.BEFORE_COMMIT;
      }
      if (Boolean.TRUE.equals(after)) {
        return Moment.AFTER_COMMIT;
      }
      throw new IllegalArgumentException(
          "%s.afterCommit must be true or false, not '%s'".formatted(where, after));
    }
  }
}
