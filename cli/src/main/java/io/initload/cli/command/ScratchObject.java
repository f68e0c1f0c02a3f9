package io.initload.cli.command;

import io.initload.Failure;
import io.initload.config.MigrationConfig;
import io.initload.config.TableConfig;
import io.initload.evidence.Assumptions;
import io.initload.evidence.CheckResult;
import io.initload.evidence.CheckedAssumption;
import io.initload.mapping.org.TargetField;
import io.initload.mapping.org.TargetObject;
import io.initload.retry.Sleeper;
import io.initload.salesforce.Org;
import io.initload.salesforce.PlainAnswer;
import io.initload.simulator.behaviour.Behaviour;
import io.initload.simulator.behaviour.Behaviours;
import io.initload.simulator.behaviour.Caller;
import io.initload.simulator.behaviour.Outcome;
import io.initload.simulator.behaviour.Trial;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Asks an org what the simulated one is known to answer, on an object of which records may be made;
 * deletes them again. For one thread.
 */
final class ScratchObject {
  private static final int TEXT_MIN = 40;
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final MigrationConfig config;
  private final Sleeper sleeper;
  private final Clock clock;
  private final List<String> switches = new ArrayList<>();

  ScratchObject(MigrationConfig config, Sleeper sleeper, Clock clock) {
    this.config = config;
    this.sleeper = sleeper;
    this.clock = clock;
  }

  /** What makes the simulated org like the one that was asked. */
  List<String> switches() {
    return List.copyOf(switches);
  }

  /**
   * Asks everything that can be asked of any org, and names what cannot.
   *
   * @param object empty to write nothing, and ask nothing
   */
  List<CheckedAssumption> look(Org org, Optional<String> object) throws InterruptedException {
    if (object.isEmpty()) {
      return List.of(
          new CheckedAssumption(
              Assumptions.ANSWERS,
              "",
              CheckResult.leftOut("It needs an object to write to: --scratch OBJECT.")));
    }
    Behaviours table = Behaviours.read();
    List<CheckedAssumption> observed = new ArrayList<>();
    try {
      observed.addAll(asked(org, org.describe(object.get()), table));
    } catch (Failure e) {
      observed.add(new CheckedAssumption(Assumptions.ANSWERS, object.get(), CheckResult.of(e)));
    }
    table
        .unprovable()
        .forEach(
            (row, why) ->
                observed.add(
                    new CheckedAssumption(
                        Assumptions.ANSWERS,
                        "row " + row,
                        CheckResult.leftOut("Not provable here: " + why + "."))));
    return observed;
  }

  private List<CheckedAssumption> asked(Org org, TargetObject object, Behaviours table)
      throws InterruptedException {
    List<CheckedAssumption> observed = new ArrayList<>();
    Trial trial =
        new Trial(
            new OverOrg(org, sleeper),
            object.name(),
            key(object),
            text(object),
            "doctor" + Long.toString(clock.millis(), 36));
    for (Behaviour behaviour : table.all()) {
      CheckResult sight;
      try {
        sight = sight(trial.of(behaviour));
      } catch (Failure e) {
        sight = CheckResult.of(e);
      }
      observed.add(
          new CheckedAssumption(
              Assumptions.answer(behaviour.name(), behaviour.says(), behaviour.source()),
              object.name(),
              sight));
    }
    int left = trial.clean();
    if (left > 0) {
      observed.add(
          new CheckedAssumption(
              Assumptions.ANSWERS,
              object.name(),
              CheckResult.fails(
                  "%,d records of this trial could not be deleted.".formatted(left),
                  "Delete the records whose external id begins with doctor.")));
    }
    return observed;
  }

  private CheckResult sight(Outcome outcome) {
    return switch (outcome.kind()) {
      case AS_EXPECTED -> CheckResult.holds(outcome.seen());
      case OTHERWISE -> {
        switches.add(outcome.setting());
        yield CheckResult.fails(
            outcome.seen() + " Other orgs are known for it.",
            "Rehearse with: initload simulator --set " + outcome.setting());
      }
      case UNEXPECTED ->
          CheckResult.fails(outcome.seen(), "Report it with this page: no org was known to do so.");
    };
  }

  private String key(TargetObject object) {
    Optional<String> configured =
        config.tables().stream()
            .filter(table -> table.object().equalsIgnoreCase(object.name()))
            .map(TableConfig::externalId)
            .findFirst();
    return first(
        object,
        f ->
            f.externalId()
                && f.type().equals("string")
                && configured.map(f.name()::equals).orElse(true),
        "an external id that is a text");
  }

  /** A text that is required, else any. */
  private static String text(TargetObject object) {
    List<TargetField> required =
        object.fields().stream()
            .filter(f -> f.createable() && !f.nillable() && !f.defaultedOnCreate())
            .toList();
    if (required.size() > 1 || required.stream().anyMatch(f -> !f.type().equals("string"))) {
      throw unfit(object, "no more than one required field, a text");
    }
    return required.isEmpty()
        ? first(
            object,
            f ->
                f.createable()
                    && f.updateable()
                    && !f.externalId()
                    && f.type().equals("string")
                    && f.length() >= TEXT_MIN,
            "a text of %d characters".formatted(TEXT_MIN))
        : required.get(0).name();
  }

  private static String first(TargetObject object, Predicate<TargetField> which, String what) {
    return object.fields().stream()
        .filter(which)
        .map(TargetField::name)
        .findFirst()
        .orElseThrow(() -> unfit(object, what));
  }

  private static Failure unfit(TargetObject object, String what) {
    return new Failure(
        Failure.Kind.CONFIGURATION,
        "SCRATCH_OBJECT",
        "Records of %s cannot be made for a trial: it needs %s.".formatted(object.name(), what),
        "Make a custom object with an external id that is a text, and name that with --scratch.");
  }

  /** The org's session, and its own pace. */
  private record OverOrg(Org org, Sleeper sleeper) implements Caller {
    @Override
    public Reply send(Request request) throws InterruptedException {
      PlainAnswer answer =
          org.ask(
              request.method(),
              request.path().replace("'", "%27"),
              request.contentType(),
              request.gzip(),
              request.body());
      return new Reply(answer.status(), answer.headers(), answer.body());
    }

    @Override
    public void pause() throws InterruptedException {
      sleeper.sleep(PAUSE);
    }
  }
}
