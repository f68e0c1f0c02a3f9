package io.initload.cli.shell;

import io.initload.Audit;
import io.initload.Failure;
import io.initload.config.MigrationConfig;
import io.initload.evidence.CheckedAssumption;
import io.initload.evidence.Examined;
import io.initload.retry.Sleeper;
import io.initload.salesforce.Org;
import io.initload.source.SourceDatabase;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Source and org of a migration alone, each as far as it can be reached. */
public final class BothSides implements AutoCloseable {
  private final Optional<SourceDatabase> source;
  private final Optional<Org> org;
  private final String sourceText;
  private final String orgText;

  private BothSides(Side<SourceDatabase> source, Side<Org> org) {
    this.source = source.reached;
    this.sourceText = source.text;
    this.org = org.reached;
    this.orgText = org.text;
  }

  /** One side, and what is said of it. */
  private record Side<T>(Optional<T> reached, String text) {}

  private interface Opening<T> {
    Side<T> open() throws InterruptedException;
  }

  /**
   * Reaches for both; what keeps one away is told, not thrown.
   *
   * @param audit is told of each act on them
   */
  public static BothSides open(MigrationConfig config, Clock clock, Audit audit)
      throws InterruptedException {
    Side<SourceDatabase> source =
        reach(
            () -> {
              SourceDatabase opened = SourceDatabase.open(config.source(), audit);
              return new Side<>(Optional.of(opened), identity(opened));
            });
    Side<Org> org =
        reach(
            () -> {
              Org opened =
                  Org.connect(config.target(), clock, Sleeper.system(), new SecureRandom(), audit);
              String text = config.target().instance() + " (" + opened.orgId() + ")";
              return new Side<>(Optional.of(opened), text);
            });
    return new BothSides(source, org);
  }

  private static String identity(SourceDatabase opened) {
    try {
      return opened.identity().toString();
    } catch (Failure e) {
      return "%s database; %s: %s".formatted(opened.dialect(), e.code(), e.getMessage());
    }
  }

  private static <T> Side<T> reach(Opening<T> opening) throws InterruptedException {
    try {
      return opening.open();
    } catch (Failure e) {
      return new Side<>(
          Optional.empty(), "%s: %s %s".formatted(e.code(), e.getMessage(), e.remedy()));
    }
  }

  public Optional<SourceDatabase> source() {
    return source;
  }

  public Optional<Org> org() {
    return org;
  }

  /** What was seen of the two. */
  public Examined examined(
      String migration, Instant at, List<CheckedAssumption> observed, List<String> switches) {
    return new Examined(
        migration,
        at,
        sourceText,
        orgText,
        source.isPresent(),
        org.isPresent(),
        observed,
        switches);
  }

  @Override
  public void close() {
    org.ifPresent(Org::close);
    source.ifPresent(SourceDatabase::close);
  }
}
