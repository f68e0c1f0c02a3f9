package io.initload.simulator;

import io.initload.simulator.auth.AuthRules;
import io.initload.simulator.bulk.CostModel;
import io.initload.simulator.bulk.ingest.IngestRules;
import io.initload.simulator.dml.DmlRules;
import io.initload.simulator.http.WireRules;
import io.initload.simulator.limits.Allocations;
import io.initload.simulator.query.QueryRules;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Every switch of an org by name, {@code group.member}, so that each answer a real org gives to an
 * open question is one line of configuration. A switch is a component of one of the rule records
 * that {@link OrgOptions} holds.
 */
public final class OrgSwitches {
  private static final List<Group<?>> GROUPS =
      List.of(
          new Group<>("wire", WireRules.class, OrgOptions::wire, OrgOptions::wire),
          new Group<>("ingest", IngestRules.class, OrgOptions::ingest, OrgOptions::ingest),
          new Group<>("rows", DmlRules.class, OrgOptions::dml, OrgOptions::dml),
          new Group<>("login", AuthRules.class, OrgOptions::auth, OrgOptions::auth),
          new Group<>("query", QueryRules.class, OrgOptions::query, OrgOptions::query),
          new Group<>("cost", CostModel.class, OrgOptions::cost, OrgOptions::cost),
          new Group<>(
              "limits", Allocations.class, OrgOptions::allocations, OrgOptions::allocations));

  private OrgSwitches() {}

  /** One record of rules and how options hold it. */
  private record Group<R extends Record>(
      String name,
      Class<R> type,
      Function<OrgOptions, R> get,
      BiFunction<OrgOptions, R, OrgOptions> set) {

    OrgOptions with(OrgOptions options, String member, String value) {
      R changed = type.cast(changed(get.apply(options), member, value));
      return set.apply(options, changed);
    }

    private Object changed(R rules, String member, String value) {
      RecordComponent[] components = type.getRecordComponents();
      Object[] values = new Object[components.length];
      Class<?>[] types = new Class<?>[components.length];
      boolean found = false;
      try {
        for (int i = 0; i < components.length; i++) {
          types[i] = components[i].getType();
          boolean meant = components[i].getName().equalsIgnoreCase(member);
          found |= meant;
          values[i] =
              meant
                  ? parse(name + "." + member, types[i], value)
                  : components[i].getAccessor().invoke(rules);
        }
        if (!found) {
          throw unknown(name + "." + member);
        }
        return type.getDeclaredConstructor(types).newInstance(values);
      } catch (InvocationTargetException e) {
        throw new IllegalArgumentException(
            "Switch " + name + "." + member + " cannot be " + value + ": " + e.getCause(), e);
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException("Switches of " + name + " cannot be set", e);
      }
    }
  }

  /**
   * A switch.
   *
   * @param name {@code group.member}
   * @param usual its value in {@link OrgOptions#defaults}
   * @param values what it can be set to
   */
  public record Switch(String name, String usual, String values) {}

  /** All switches, in the order of their groups. */
  public static List<Switch> all() {
    List<Switch> all = new ArrayList<>();
    OrgOptions defaults = OrgOptions.defaults();
    for (Group<?> group : GROUPS) {
      Record rules = group.get().apply(defaults);
      for (RecordComponent component : group.type().getRecordComponents()) {
        try {
          Object value = component.getAccessor().invoke(rules);
          all.add(
              new Switch(
                  group.name() + "." + component.getName(),
                  print(value),
                  values(component.getType())));
        } catch (ReflectiveOperationException e) {
          throw new IllegalStateException("Switch " + component + " cannot be read", e);
        }
      }
    }
    return all;
  }

  /**
   * The same options with one switch set.
   *
   * @param name {@code group.member}, in any case
   * @param value a name such as {@code store-raw}, a number, or a time such as {@code 7d}, {@code
   *     20s}, {@code 500ms}
   * @throws IllegalArgumentException if there is no such switch, or it has no such value
   */
  public static OrgOptions set(OrgOptions options, String name, String value) {
    int dot = name.indexOf('.');
    String groupName = dot < 0 ? name : name.substring(0, dot);
    for (Group<?> group : GROUPS) {
      if (group.name().equalsIgnoreCase(groupName)) {
        return group.with(options, name.substring(dot + 1), value);
      }
    }
    throw unknown(name);
  }

  private static IllegalArgumentException unknown(String name) {
    return new IllegalArgumentException(
        "There is no switch "
            + name
            + ". Switches: "
            + all().stream().map(Switch::name).collect(Collectors.joining(", ")));
  }

  private static Object parse(String name, Class<?> type, String text) {
    try {
      if (type.isEnum()) {
        return constant(type, text);
      } else if (type == int.class) {
        return Integer.parseInt(text);
      } else if (type == long.class) {
        return text.equalsIgnoreCase("unlimited") ? Long.MAX_VALUE : Long.parseLong(text);
      } else if (type == double.class) {
        return Double.parseDouble(text);
      } else if (type == Duration.class) {
        return duration(text);
      } else if (type == Set.class) {
        return Set.copyOf(Arrays.asList(text.split("\\s*,\\s*", -1)));
      } else if (type == List.class) {
        return triggers(text);
      }
    } catch (IllegalArgumentException | DateTimeParseException e) {
      throw new IllegalArgumentException(
          "Switch " + name + " cannot be " + text + "; it takes " + values(type), e);
    }
    throw new IllegalArgumentException("Switch " + name + " cannot be set by name");
  }

  private static Object constant(Class<?> type, String text) {
    String wanted = text.strip().toUpperCase(Locale.ROOT).replace('-', '_');
    Object[] constants = type.getEnumConstants();
    if (constants != null) {
      for (Object constant : constants) {
        if (((Enum<?>) constant).name().equals(wanted)) {
          return constant;
        }
      }
    }
    throw new IllegalArgumentException("no constant " + wanted);
  }

  private static Duration duration(String text) {
    String compact = text.strip().toUpperCase(Locale.ROOT);
    if (compact.startsWith("P")) {
      return Duration.parse(compact);
    }
    if (compact.endsWith("MS")) {
      return Duration.ofMillis(Long.parseLong(compact.substring(0, compact.length() - 2)));
    }
    return Duration.parse(compact.endsWith("D") ? "P" + compact : "PT" + compact);
  }

  private static List<DmlRules.Trigger> triggers(String text) {
    List<DmlRules.Trigger> triggers = new ArrayList<>();
    for (String each : text.split("\\s*,\\s*", -1)) {
      int dot = each.indexOf('.');
      int colon = each.indexOf(':');
      if (dot < 0 || colon < dot) {
        throw new IllegalArgumentException("no Object.Field:text");
      }
      triggers.add(
          new DmlRules.Trigger(
              each.substring(0, dot), each.substring(dot + 1, colon), each.substring(colon + 1)));
    }
    return triggers;
  }

  private static String values(Class<?> type) {
    Object[] constants = type.getEnumConstants();
    if (constants != null) {
      return Arrays.stream(constants).map(OrgSwitches::print).collect(Collectors.joining(", "));
    } else if (type == Duration.class) {
      return "a time such as 7d, 20s, 500ms";
    } else if (type == Set.class) {
      return "a list";
    } else if (type == List.class) {
      return "a list of Object.Field:text";
    }
    return "a number";
  }

  private static String print(Object value) {
    if (value instanceof Enum<?> constant) {
      return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    } else if (value instanceof Duration duration) {
      boolean days = duration.toHours() >= 24 && duration.toSeconds() % 86_400 == 0;
      String text = duration.toString().substring(2).toLowerCase(Locale.ROOT);
      return days ? duration.toDays() + "d" : text;
    } else if (value instanceof Iterable<?> list) {
      List<String> texts = new ArrayList<>();
      list.forEach(each -> texts.add(each.toString()));
      return texts.stream().sorted().collect(Collectors.joining(", "));
    }
    return value.equals(Long.MAX_VALUE) ? "unlimited" : value.toString();
  }
}
