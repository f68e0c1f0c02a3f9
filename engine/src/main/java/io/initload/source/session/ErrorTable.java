package io.initload.source.session;

import io.initload.Failure;
import io.initload.codes.CodeEntry;
import io.initload.codes.CodeTable;
import io.initload.source.SourceFailure.Action;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The errors of one kind of database, from its table in {@code io.initload.codes}: the class is an
 * {@link Action}, the trait a {@link Failure.Kind}. What no code tells, such as {@code
 * connection-lost}, has an entry under a name of ours. Immutable.
 */
public final class ErrorTable {
  /** The entry of whatever has none of its own. */
  private static final String OTHER = "other";

  private final CodeTable table;

  private ErrorTable(CodeTable table) {
    this.table = table;
  }

  /** The table of that name, which must exist. */
  public static ErrorTable read(String name) {
    return new ErrorTable(CodeTable.read(name));
  }

  /**
   * What an error means.
   *
   * @param shown the error's own code, as messages show it
   * @param message what the database said
   * @param names what the error may stand under in the table, the most telling first
   */
  public Verdict judge(String shown, String message, String... names) {
    CodeEntry entry =
        Stream.concat(Stream.of(names), Stream.of(OTHER))
            .map(name -> table.find(name, message))
            .flatMap(Optional::stream)
            .findFirst()
            .orElseThrow();
    return new Verdict(
        Action.valueOf(entry.kind()),
        Failure.Reach.valueOf(entry.reach().name()),
        Failure.Kind.valueOf(entry.trait()),
        entry.failure(),
        shown,
        entry.remedy());
  }
}
