package io.initload.pipeline;

import io.initload.Failure;
import io.initload.config.MigrationConfig;
import io.initload.config.TableConfig;
import io.initload.ledger.Ledger;
import io.initload.ledger.wishes.Wish;
import io.initload.simulator.clock.VirtualClock;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/**
 * Somebody in a world who pauses the migration, or a table of it, and lets it go on later; or who
 * aborts it, by a process that may die over it as any other.
 */
final class SimulatedPerson {
  static final Set<String> KINDS =
      Set.of(
          "abort",
          "changed mapping",
          "pause",
          "pause of a table",
          "reset",
          "reset of a part",
          "waves");

  private static final String NAME = "somebody";

  private final Scenario scenario;
  private final MigrationConfig config;
  private final Clock clock;
  private final Random random;
  private final SimulatedProcess own;
  private final Map<String, Integer> wishes = new HashMap<>();

  /**
   * @param own a process of nobody else
   */
  SimulatedPerson(
      Scenario scenario,
      MigrationConfig config,
      VirtualClock clock,
      Random random,
      SimulatedProcess own) {
    this.scenario = scenario;
    this.config = config;
    this.clock = new InstantClock(clock);
    this.random = random;
    this.own = own;
  }

  /** What was wished, by its kind. */
  Map<String, Integer> wishes() {
    return wishes;
  }

  Map<String, Integer> deaths() {
    return own.deaths();
  }

  /** Does one thing after another, between which time passes. */
  void interfere(Turns.Seat seat) throws Exception {
    for (int i = 0; i < scenario.wishes(); i++) {
      seat.sleep(Duration.ofSeconds(random.nextInt(120)));
      if (anywhere() && begun() && random.nextInt(2) == 0) {
        wishes.merge("abort", 1, Integer::sum);
        own.untilDone(SimulatedProcess.ABORT, seat);
        if (scenario.resets() > 0) {
          reset(seat);
        }
      } else {
        pause(seat);
      }
    }
  }

  /**
   * Whether somebody may book jobs on another host: what is in doubt of an insert waits for who
   * comes to the host that sent it, and undo for the lists that were written there.
   */
  private boolean anywhere() {
    return !scenario.inserted() && !scenario.undo();
  }

  /** Of what is loaded by then; whoever started the migration again meanwhile goes before. */
  private void reset(Turns.Seat seat) throws Exception {
    String table = SimulatedWorld.resettable(scenario, random);
    SimulatedProcess.Errand errand =
        life -> {
          try {
            List<Failure> none = SimulatedProcess.reset(table).run(life);
            wishes.merge("reset of a part", 1, Integer::sum);
            return none;
          } catch (Failure e) {
            if (!Set.of("RESET_BUSY", "RESET_UNDER_WAY").contains(e.code())) {
              throw e;
            }
            return List.of();
          }
        };
    own.untilDone(errand, seat);
  }

  /** Whether something was begun that somebody made forgotten: then it is to be run again. */
  boolean resetSome() {
    return wishes.containsKey("reset of a part");
  }

  private boolean begun() throws Exception {
    try (Ledger ledger = open()) {
      return ledger.migrations().begun().isPresent();
    }
  }

  private void pause(Turns.Seat seat) throws Exception {
    List<TableConfig> tables = config.tables();
    Optional<String> table =
        random.nextBoolean()
            ? Optional.empty()
            : Optional.of(tables.get(random.nextInt(tables.size())).name());
    wishes.merge(table.isEmpty() ? "pause" : "pause of a table", 1, Integer::sum);
    try (Ledger ledger = open()) {
      ledger.wishes().make(Wish.Kind.PAUSE, table, NAME);
      seat.sleep(Duration.ofSeconds(random.nextInt(1_200)));
      if (table.isPresent()) {
        ledger.wishes().lift(table.get(), NAME);
      } else {
        ledger.wishes().lift(Wish.Kind.PAUSE, NAME);
      }
      seat.sleep(Duration.ZERO);
    }
  }

  private Ledger open() throws Exception {
    return LedgerTemplate.open(config.ledger(), config.name(), clock);
  }
}
