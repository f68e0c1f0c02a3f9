package io.initload.source;

import io.initload.Failure;
import io.initload.Failure.Kind;
import io.initload.config.SourceUrls;
import io.initload.source.h2.H2Dialect;
import io.initload.source.oracle.OracleDialect;
import io.initload.source.postgres.PostgresDialect;
import io.initload.source.session.JdbcUrl;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The kinds of database that can be read, found by the URL. Immutable. */
public final class Dialects implements SourceUrls {
  /** All there are. */
  public static final Dialects ALL =
      new Dialects(List.of(new OracleDialect(), new PostgresDialect(), new H2Dialect()));

  private final List<Dialect> dialects;

  Dialects(List<Dialect> dialects) {
    this.dialects = List.copyOf(dialects);
  }

  /**
   * The dialect of a JDBC URL.
   *
   * @throws Failure {@code SOURCE_URL} when none knows it
   */
  Dialect of(String url) {
    return found(url)
        .orElseThrow(
            () ->
                new Failure(
                    Kind.CONFIGURATION,
                    "SOURCE_URL",
                    "No database of this kind can be read: " + JdbcUrl.shown(url) + ".",
                    "Set source.url to a URL that starts with " + prefixes() + "."));
  }

  /** As the configuration asks: an unknown kind of database, or a password where none may be. */
  @Override
  public Optional<String> fault(String url) {
    if (found(url).isEmpty()) {
      return Optional.of("must begin with " + prefixes());
    }
    return JdbcUrl.holdsPassword(url)
        ? Optional.of("contains a password; use the settings user and password")
        : Optional.empty();
  }

  private Optional<Dialect> found(String url) {
    return dialects.stream().filter(dialect -> url.startsWith(dialect.urlPrefix())).findFirst();
  }

  private String prefixes() {
    return dialects.stream().map(Dialect::urlPrefix).collect(Collectors.joining(", "));
  }
}
