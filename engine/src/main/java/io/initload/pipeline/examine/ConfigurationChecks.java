package io.initload.pipeline.examine;

import io.initload.config.MigrationConfig;
import io.initload.config.TableConfig;
import io.initload.evidence.Assumption;
import io.initload.evidence.Assumptions;
import io.initload.evidence.CheckResult;
import io.initload.evidence.CheckedAssumption;
import io.initload.mapping.Finding;
import io.initload.mapping.Finding.Severity;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What was found when both sides were held against the configuration, by assumption and place. */
public final class ConfigurationChecks {
  /** Warnings that say that something could not be told. */
  private static final Set<String> UNTOLD = Set.of("UNDO_UNKNOWN", "SOURCE_REDACTION_UNKNOWN");

  private final MigrationConfig config;
  private final Evidence evidence;
  private final List<Finding> left;
  private final List<CheckedAssumption> observed = new ArrayList<>();

  /** What is seen of something that nothing speaks against. */
  @FunctionalInterface
  public interface Evidence {
    /**
     * What is seen.
     *
     * @param table empty for the side as a whole
     */
    String of(Assumption assumption, Optional<TableConfig> table);
  }

  private ConfigurationChecks(MigrationConfig config, List<Finding> findings, Evidence evidence) {
    this.config = config;
    this.evidence = evidence;
    this.left = new ArrayList<>(findings);
  }

  /** Each finding is of exactly one of them. */
  public static List<CheckedAssumption> of(
      MigrationConfig config, List<Finding> findings, Evidence evidence) {
    ConfigurationChecks needed = new ConfigurationChecks(config, findings, evidence);
    needed.sort();
    return List.copyOf(needed.observed);
  }

  private void sort() {
    List<Finding> undo = taken(f -> f.where().equals("source") && f.code().startsWith("UNDO"));
    add(Assumptions.SETTINGS, Optional.empty(), taken(f -> f.where().equals("source")));
    add(Assumptions.UNDO, Optional.empty(), undo);
    add(Assumptions.ORDER, Optional.empty(), taken(f -> f.where().equals("tables")));
    for (TableConfig table : byLength()) {
      String name = table.name();
      add(Assumptions.TABLE, Optional.of(table), taken(f -> f.where().equals("tables " + name)));
      add(
          Assumptions.MAPPING,
          Optional.of(table),
          taken(f -> f.where().startsWith(name + ".") || f.where().startsWith(name + " ")));
    }
    if (!left.isEmpty()) {
      add(Assumptions.MAPPING, Optional.empty(), left);
    }
  }

  /** A name may begin another one: the longer ones take theirs first. */
  private List<TableConfig> byLength() {
    return config.tables().stream()
        .sorted(Comparator.comparingInt((TableConfig t) -> t.name().length()).reversed())
        .toList();
  }

  private List<Finding> taken(Predicate<Finding> which) {
    List<Finding> taken = left.stream().filter(which).toList();
    left.removeAll(taken);
    return taken;
  }

  private void add(Assumption assumption, Optional<TableConfig> table, List<Finding> findings) {
    CheckResult sight =
        findings.isEmpty()
            ? CheckResult.holds(evidence.of(assumption, table))
            : sight(assumption, findings);
    String where = table.map(TableConfig::name).orElse("");
    observed.add(new CheckedAssumption(assumption, where, sight, findings));
  }

  private static CheckResult sight(Assumption assumption, List<Finding> findings) {
    String seen =
        findings.stream()
            .map(f -> "%s %s: %s".formatted(f.code(), f.where(), f.message()))
            .collect(Collectors.joining(" "));
    String remedy =
        findings.stream().map(Finding::remedy).distinct().collect(Collectors.joining(" "));
    return new CheckResult(verdict(assumption, findings), seen, remedy);
  }

  /** Of a mapping, a warning speaks of single rows; of the others, it is a doubt. */
  private static CheckResult.Verdict verdict(Assumption assumption, List<Finding> findings) {
    if (findings.stream().anyMatch(f -> f.severity() == Severity.ERROR)) {
      return CheckResult.Verdict.FAILS;
    }
    if (assumption.equals(Assumptions.MAPPING)) {
      return CheckResult.Verdict.HOLDS;
    }
    return findings.stream().allMatch(f -> UNTOLD.contains(f.code()))
        ? CheckResult.Verdict.UNKNOWN
        : CheckResult.Verdict.FAILS;
  }

  /** What is said of them where one of the sides is away. */
  public static List<CheckedAssumption> unseen(String why) {
    CheckResult sight = CheckResult.unknown(why, "Mend that first.");
    return Assumptions.ALL.stream()
        .filter(Assumption::needed)
        .map(assumption -> new CheckedAssumption(assumption, "", sight, Collections.emptyList()))
        .toList();
  }
}
