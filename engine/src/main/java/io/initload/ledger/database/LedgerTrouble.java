package io.initload.ledger.database;

import io.initload.Failure;
import io.initload.ledger.entry.LedgerAway;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What an error of the ledger's database means: whether it passes, or needs a person. */
final class LedgerTrouble {
  private static final int SQLITE_ERROR = 1;
  private static final int SQLITE_PERM = 3;
  private static final int SQLITE_READONLY = 8;
  private static final int SQLITE_CORRUPT = 11;
  private static final int SQLITE_CANTOPEN = 14;
  private static final int SQLITE_NOTADB = 26;

  /**
   * What passes: BUSY, LOCKED, NOMEM, INTERRUPT, IOERR, FULL, PROTOCOL and SCHEMA. The file is
   * locked by another program, or the machine has no room for it now.
   */
  private static final Set<Integer> SQLITE_PASSES = Set.of(5, 6, 7, 9, 10, 13, 15, 17);

  /**
   * What passes, by how a state begins: the connection (08), a transaction that lost to another
   * (40), no room (53), a lock not given or an object in use (55P03, 55006), a statement or a
   * server that was ended (57), the system below (58).
   */
  private static final Pattern POSTGRESQL_PASSES =
      Pattern.compile("(08|40|53|57|58)...|55P03|55006");

  /** SQLite has one code for all that is wrong with a statement. */
  private static final Pattern MISSING = Pattern.compile("no such (table|column)|has no column");

  /** A table or a column that is missing, and data or an index that is corrupt. */
  private static final Set<String> POSTGRESQL_DAMAGE = Set.of("42P01", "42703", "XX001", "XX002");

  /** A standby or a database set so, and a table that the user may not write. */
  private static final Set<String> POSTGRESQL_READ_ONLY = Set.of("25006", "42501");

  private enum Meaning {
    DAMAGED,
    READ_ONLY,
    CLOSED,
    PASSES,
    /** Nothing that is known: it would be refused again. */
    REFUSED
  }

  private final String url;
  private final boolean sqlite;

  LedgerTrouble(String url, boolean sqlite) {
    this.url = url;
    this.sqlite = sqlite;
  }

  /** Trouble with a ledger's file that is being made. */
  Failure making(Path file, IOException e) {
    return LedgerFile.unwritable(file)
        ? readOnly(e)
        : new Failure(
            Failure.Reach.RUN,
            Failure.Kind.PLATFORM,
            "LEDGER_UNREACHABLE",
            "The ledger file " + file + " cannot be made: " + e,
            "Give the user that runs initload a directory it may write, in ledger.url.",
            e);
  }

  /** Trouble with a ledger that is being opened. */
  Failure opening(Exception e, SQLException cause) {
    return switch (meaning(cause)) {
      case DAMAGED -> damaged(e);
      case READ_ONLY -> readOnly(e);
      case CLOSED -> unreachable(cause, false);
      case PASSES -> sqlite ? busy(e) : unreachable(cause, false);
      case REFUSED -> sqlite ? refused(e) : unreachable(cause, false);
    };
  }

  /** Trouble with a ledger that was open. */
  Failure using(Exception e) {
    for (Throwable t = e; t != null; t = t.getCause()) {
      if (t instanceof Failure failure) {
        return failure;
      }
      if (t instanceof SQLException cause) {
        return switch (meaning(cause)) {
          case DAMAGED -> damaged(e);
          case READ_ONLY -> readOnly(e);
          case CLOSED, PASSES -> busy(e);
          case REFUSED -> refused(e);
        };
      }
    }
    return refused(e);
  }

  private Meaning meaning(SQLException e) {
    return sqlite ? ofSqlite(e) : ofPostgresql(e.getSQLState());
  }

  /** SQLite's code is the low byte; the others say more about it. */
  private Meaning ofSqlite(SQLException e) {
    return switch (e.getErrorCode() & 0xff) {
      case SQLITE_ERROR ->
          MISSING.matcher(String.valueOf(e.getMessage())).find()
              ? Meaning.DAMAGED
              : Meaning.REFUSED;
      case SQLITE_CORRUPT, SQLITE_NOTADB -> Meaning.DAMAGED;
      case SQLITE_READONLY -> Meaning.READ_ONLY;
      case SQLITE_CANTOPEN, SQLITE_PERM ->
          LedgerFile.unwritable(LedgerFile.of(url)) ? Meaning.READ_ONLY : Meaning.CLOSED;
      default -> SQLITE_PASSES.contains(e.getErrorCode() & 0xff) ? Meaning.PASSES : Meaning.REFUSED;
    };
  }

  private static Meaning ofPostgresql(@Nullable String state) {
    if (state == null) {
      return Meaning.REFUSED;
    }
    if (POSTGRESQL_DAMAGE.contains(state)) {
      return Meaning.DAMAGED;
    }
    if (POSTGRESQL_READ_ONLY.contains(state)) {
      return Meaning.READ_ONLY;
    }
    return POSTGRESQL_PASSES.matcher(state).matches() ? Meaning.PASSES : Meaning.REFUSED;
  }

  Failure damaged(Exception e) {
    return new Failure(
        Failure.Reach.RUN,
        Failure.Kind.PLATFORM,
        "LEDGER_DAMAGED",
        "The ledger %s is not a ledger of initload, or is damaged: %s".formatted(url, firstLine(e)),
        "Name another file, or restore the ledger from its backup.",
        e);
  }

  Failure readOnly(Exception e) {
    return new Failure(
        Failure.Reach.RUN,
        Failure.Kind.PLATFORM,
        "LEDGER_READ_ONLY",
        "The ledger %s can be read but not written: %s".formatted(url, firstLine(e)),
        sqlite
            ? "Let the user that runs initload write the file and its directory, or mount the file"
                + " system to be written; then run the same command again."
            : "Name the server that takes changes in ledger.url, and a user that owns the tables;"
                + " then run the same command again.",
        e);
  }

  /**
   * Who only looks does not bring a ledger up to date.
   *
   * @param version of its tables; 0 where there are none
   */
  Failure notCurrent(int version, int needed) {
    return new Failure(
        Failure.Reach.RUN,
        Failure.Kind.CONFIGURATION,
        "LEDGER_NOT_CURRENT",
        version == 0
            ? "There is no ledger at %s yet.".formatted(url)
            : "The ledger %s has version %d, this initload looks at version %d."
                .formatted(url, version, needed),
        version == 0
            ? "Check ledger.url in the configuration, or begin with `initload run`."
            : "Bring it up to date with `initload status`, when no older initload works on it.");
  }

  /**
   * @param reached whether it could be reached before: then it is away for a while; what never
   *     could needs a person
   */
  Failure unreachable(SQLException e, boolean reached) {
    String message = "The ledger " + url + " cannot be reached: " + firstLine(e);
    String remedy = "Check ledger.url, its user and password, and that the database runs.";
    return reached
        ? new LedgerAway("LEDGER_UNREACHABLE", message, remedy, e)
        : new Failure(
            Failure.Reach.RUN, Failure.Kind.PLATFORM, "LEDGER_UNREACHABLE", message, remedy, e);
  }

  /** Waiting does not help: the same statement would be refused again. */
  private Failure refused(Exception e) {
    return new Failure(
        Failure.Reach.RUN,
        Failure.Kind.PLATFORM,
        "LEDGER_REFUSED",
        "The ledger %s refused a statement: %s".formatted(url, firstLine(e)),
        "Nothing is lost. Mend what the database says, then run the same command again.",
        e);
  }

  private Failure busy(Exception e) {
    return new LedgerAway(
        "LEDGER_BUSY",
        "The ledger " + url + " did not take a change: " + firstLine(e),
        "Nothing is lost: run the same command again when the ledger answers.",
        e);
  }

  private static String firstLine(Exception e) {
    String text = String.valueOf(e.getMessage()).strip();
    int end = text.indexOf('\n');
    return end < 0 ? text : text.substring(0, end).strip();
  }
}
