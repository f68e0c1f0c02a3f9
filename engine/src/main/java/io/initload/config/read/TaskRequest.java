package io.initload.config.read;

import io.initload.config.ReconcileConfig.Level;
import io.initload.config.Trial;
import io.initload.config.read.ConfigException.Problem;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What an orchestrator asks one step for: a small JSON file. {@code docs/task.md} describes it.
 *
 * @param config the migration's configuration
 * @param migration its name in the ledger, in place of the configuration's
 * @param table as the configuration names it; empty for the whole migration
 * @param phase for the tables of this phase; empty for all
 * @param chunk its number in the table
 * @param level how deep to reconcile, in place of the configuration's
 * @param report directory for reports
 * @param beginAnew whether to plan though the ledger does not know all that was done under this
 *     name
 * @param trial how much of it is tried; empty for all of it
 */
public record TaskRequest(
    Path config,
    Optional<String> migration,
    Optional<String> table,
    Optional<String> phase,
    OptionalLong chunk,
    Optional<Level> level,
    Optional<Path> report,
    boolean beginAnew,
    Optional<Trial> trial) {

  /**
   * Reads and checks a request. JSON is YAML, so it is read like a configuration, with the same
   * words about what is wrong; nothing in it is taken from the environment.
   *
   * @throws ConfigException with every fault of the file at once
   */
  public static TaskRequest read(Path file) {
    Reading reading = new Reading(Map.of());
    Section root = new Section(reading, YamlTree.compose(file.toString(), FileBytes.of(file)));
    long chunk = root.whole("chunk", 0, 1, Long.MAX_VALUE);
    Level level = root.choice("level", Level.COUNT);
    TaskRequest request =
        new TaskRequest(
            root.parsed("config", Path.of(""), Section::path),
            given(root.parsed("migration", Section.TEXT, "none", MigrationBinder::name), root),
            Optional.of(root.text("table", "")).filter(t -> !t.isEmpty()),
            Optional.of(root.text("phase", "")).filter(p -> !p.isEmpty()),
            chunk == 0 ? OptionalLong.empty() : OptionalLong.of(chunk),
            root.has("level") ? Optional.of(level) : Optional.empty(),
            Optional.of(root.text("report", "")).filter(t -> !t.isEmpty()).map(Section::path),
            root.parsed("beginAnew", Section.FLAG, "false", Boolean::parseBoolean),
            trial(root));
    List<Problem> problems = reading.finish();
    if (!problems.isEmpty()) {
      throw new ConfigException(file.toString(), problems);
    }
    return request;
  }

  private static Optional<Trial> trial(Section root) {
    Trial trial = root.parsed("trial", Section.TEXT_OR_NUMBER, "1%", Trial::parse);
    return root.has("trial") ? Optional.of(trial) : Optional.empty();
  }

  private static Optional<String> given(String migration, Section root) {
    return root.has("migration") ? Optional.of(migration) : Optional.empty();
  }
}
