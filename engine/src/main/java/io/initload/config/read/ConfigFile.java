package io.initload.config.read;

import io.initload.Sha256;
import io.initload.config.MigrationConfig;
import io.initload.config.SourceUrls;
import io.initload.config.read.ConfigException.Problem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a configuration file: YAML, {@code ${NAME}} replaced by environment variables, checked as a
 * whole. {@code docs/configuration.md} and the JSON schema beside this class describe every
 * setting. Stateless.
 *
 * <p>Relative paths in the file are kept as they are, so that they are relative to the working
 * directory, as paths on the command line and in {@code jdbc:sqlite:} URLs are.
 */
public final class ConfigFile {
  private static final Logger LOG = LoggerFactory.getLogger(ConfigFile.class);
  private static final Pattern TABLE = Pattern.compile("tables\\[([0-9]+)]");

  private ConfigFile() {}

  /**
   * Reads and checks a file.
   *
   * @param environment where {@code ${NAME}} is looked up
   * @param sourceUrls knows which databases can be read
   * @throws ConfigException with every fault of the file at once; it holds no value that came from
   *     the environment and no secret
   */
  public static MigrationConfig read(
      Path file, Map<String, String> environment, SourceUrls sourceUrls) {
    return read(file, environment, sourceUrls, table -> true);
  }

  /**
   * As {@link #read(Path, Map, SourceUrls)}, for work on some tables: what is wrong in the entries
   * of others goes to the log, and they are left out.
   *
   * @param wanted whether a table of that name must be right
   */
  public static MigrationConfig read(
      Path file, Map<String, String> environment, SourceUrls sourceUrls, Predicate<String> wanted) {
    byte[] bytes = FileBytes.of(file);
    Reading reading = new Reading(environment);
    return parse(file.toString(), bytes, reading, sourceUrls, wanted)
        .ofFile(Sha256.of(bytes), reading.said());
  }

  /**
   * Reads a file that names the two sides of a migration and not yet its tables; the rest is as
   * usual.
   *
   * @throws ConfigException as {@link #read(Path, Map, SourceUrls)}
   */
  public static MigrationConfig readSides(
      Path file, Map<String, String> environment, SourceUrls sourceUrls) {
    Reading reading = new Reading(environment);
    MigrationConfig config =
        new MigrationBinder(sourceUrls)
            .bindSides(new Section(reading, YamlTree.compose(file.toString(), FileBytes.of(file))));
    List<Problem> problems = reading.finish();
    if (!problems.isEmpty()) {
      throw new ConfigException(file.toString(), problems);
    }
    return config;
  }

  static MigrationConfig parse(String name, byte[] bytes, Reading reading, SourceUrls sourceUrls) {
    return parse(name, bytes, reading, sourceUrls, table -> true);
  }

  private static MigrationConfig parse(
      String name, byte[] bytes, Reading reading, SourceUrls sourceUrls, Predicate<String> wanted) {
    MigrationConfig config =
        new MigrationBinder(sourceUrls).bind(new Section(reading, YamlTree.compose(name, bytes)));
    List<Problem> fatal = new ArrayList<>();
    Set<Integer> leftOut = new TreeSet<>();
    for (Problem problem : reading.finish()) {
      OptionalInt table = table(problem);
      if (table.isEmpty() || wanted.test(config.tables().get(table.getAsInt()).name())) {
        fatal.add(problem);
      } else {
        leftOut.add(table.getAsInt());
        LOG.warn("line {}: {}: {}", problem.line(), problem.path(), problem.message());
      }
    }
    if (!fatal.isEmpty()) {
      throw new ConfigException(name, fatal);
    }
    return config.without(leftOut);
  }

  /** The place of the table in whose entry the fault is. */
  private static OptionalInt table(Problem problem) {
    Matcher matcher = TABLE.matcher(problem.path());
    return matcher.lookingAt()
        ? OptionalInt.of(Integer.parseInt(matcher.group(1)))
        : OptionalInt.empty();
  }
}
