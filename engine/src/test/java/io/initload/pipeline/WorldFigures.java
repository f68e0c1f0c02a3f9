package io.initload.pipeline;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What worlds held and went through.
 *
 * @param deaths of processes, by the checkpoint they died at
 * @param faults that struck a request or a job, by kind
 * @param wishes that people made, by kind
 */
record WorldFigures(
    long worlds,
    long rows,
    long loaded,
    long dead,
    long jobs,
    Map<String, Integer> deaths,
    Map<String, Integer> faults,
    Map<String, Integer> wishes) {
  static final WorldFigures NONE = new WorldFigures(0, 0, 0, 0, 0, Map.of(), Map.of(), Map.of());

  WorldFigures {
    deaths = Map.copyOf(deaths);
    faults = Map.copyOf(faults);
    wishes = Map.copyOf(wishes);
  }

  /** The same with what befell it. */
  WorldFigures with(
      Map<String, Integer> died, Map<String, Integer> struck, Map<String, Integer> wished) {
    return new WorldFigures(worlds, rows, loaded, dead, jobs, died, struck, wished);
  }

  WorldFigures plus(WorldFigures other) {
    return new WorldFigures(
        worlds + other.worlds,
        rows + other.rows,
        loaded + other.loaded,
        dead + other.dead,
        jobs + other.jobs,
        sum(deaths, other.deaths),
        sum(faults, other.faults),
        sum(wishes, other.wishes));
  }

  /** All of one map's numbers together. */
  static long total(Map<String, Integer> counts) {
    return counts.values().stream().mapToLong(Integer::longValue).sum();
  }

  /** For people: {@code a 3, b 5}. */
  static String list(Map<String, Integer> counts) {
    return new TreeMap<>(counts)
        .entrySet().stream()
            .map(e -> "%s %,d".formatted(e.getKey(), e.getValue()))
            .collect(Collectors.joining(", "));
  }

  private static Map<String, Integer> sum(Map<String, Integer> one, Map<String, Integer> other) {
    Map<String, Integer> sum = new TreeMap<>(one);
    other.forEach((name, n) -> sum.merge(name, n, Integer::sum));
    return sum;
  }
}
