package io.initload.simulator.behaviour;

import io.initload.simulator.behaviour.Behaviour.Other;
import io.initload.simulator.behaviour.Behaviour.Step;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * What is known of orgs and can be seen on any, as {@code behaviours.yaml} has it; and what cannot.
 *
 * @param all in their order
 * @param unprovable what needs control of the org: names, and why
 */
public record Behaviours(List<Behaviour> all, Map<String, String> unprovable) {
  public Behaviours {
    all = List.copyOf(all);
  }

  /** Reads the table. */
  public static Behaviours read() {
    try (InputStream in =
        Objects.requireNonNull(Behaviours.class.getResourceAsStream("behaviours.yaml"))) {
      Map<?, ?> document = map(new Load(LoadSettings.builder().build()).loadFromInputStream(in));
      List<Behaviour> all = new ArrayList<>();
      for (Object one : list(document.get("behaviours"))) {
        all.add(behaviour(map(one)));
      }
      return new Behaviours(all, texts(document.get("unprovable")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Behaviour behaviour(Map<?, ?> one) {
    List<Step> steps = new ArrayList<>();
    for (Object step : list(one.get("steps"))) {
      steps.add(step(map(step)));
    }
    List<Other> others = new ArrayList<>();
    for (Object other : list(one.get("others"))) {
      others.add(other(map(other), steps.size()));
    }
    return new Behaviour(
        text(one.get("name")), text(one.get("says")), text(one.get("source")), steps, others);
  }

  private static Step step(Map<?, ?> step) {
    String[] line = text(step.get(step.containsKey("await") ? "await" : "send")).split(" ", 2);
    String json = text(step.get("json"));
    String csv = text(step.get("csv"));
    String type = csv.isEmpty() ? json.isEmpty() ? "" : "application/json" : "text/csv";
    return new Step(
        new Caller.Request(
            line[0], line[1], type, Boolean.TRUE.equals(step.get("gzip")), json + csv),
        step.containsKey("await"),
        texts(step.get("keep")),
        expect(step));
  }

  private static Expect expect(Map<?, ?> step) {
    Map<?, ?> expect = map(step.get("expect"));
    return new Expect(
        expect.get("status") instanceof Integer status ? status : 0,
        texts(expect.get("json")),
        list(expect.get("body")).stream().map(Behaviours::text).toList(),
        texts(expect.get("headers")));
  }

  private static Other other(Map<?, ?> other, int steps) {
    Map<Integer, Expect> expects = new LinkedHashMap<>();
    map(other.get("expects"))
        .forEach(
            (number, expect) -> expects.put((Integer) number, expect(Map.of("expect", expect))));
    return new Other(
        text(other.get("switch")),
        expects,
        other.get("last") instanceof Integer last ? last : steps);
  }

  private static Map<?, ?> map(@Nullable Object node) {
    return node instanceof Map<?, ?> map ? map : Map.of();
  }

  private static List<?> list(@Nullable Object node) {
    return node instanceof List<?> list ? list : List.of();
  }

  private static Map<String, String> texts(@Nullable Object node) {
    Map<String, String> texts = new LinkedHashMap<>();
    map(node).forEach((name, value) -> texts.put(text(name), text(value)));
    return texts;
  }

  private static String text(@Nullable Object node) {
    return node == null ? "" : node.toString();
  }
}
