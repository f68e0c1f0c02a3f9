package io.initload;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.slf4j.MDC;

/**
 * Where in a migration a thread works: fields of every line that it logs, kept in SLF4J's MDC. A
 * thread stays at a piece until it comes to the next one, so that what is said of a failure after
 * the work on the piece has ended is said of that piece too. Which migration it is follows from the
 * process; a program with several of them puts {@code migration} there itself, and the threads that
 * are started for its work take it over.
 *
 * @param fields by their names in the log
 */
public record LogContext(Map<String, String> fields) {
  private static final String TABLE = "table";
  private static final String CHUNK = "chunk";
  private static final String JOB = "job";

  public LogContext {
    fields = Map.copyOf(fields);
  }

  /** Where this thread works now. */
  public static LogContext current() {
    Map<String, String> fields = MDC.getCopyOfContextMap();
    return new LogContext(fields == null ? Map.of() : fields);
  }

  /** Takes this thread there. */
  public void restore() {
    MDC.setContextMap(fields);
  }

  /** This thread works on a pass as a whole. */
  public static void table(String pass) {
    MDC.put(TABLE, pass);
    MDC.remove(CHUNK);
    MDC.remove(JOB);
  }

  /** This thread works on a chunk. */
  public static void chunk(String pass, long no) {
    table(pass);
    MDC.put(CHUNK, Long.toString(no));
  }

  /**
   * This thread works on a part.
   *
   * @param chunk empty where its rows are of several
   * @param job the org's id of the part's job; empty until it has one
   */
  public static void part(String pass, OptionalLong chunk, Optional<String> job) {
    table(pass);
    chunk.ifPresent(no -> MDC.put(CHUNK, Long.toString(no)));
    job.ifPresent(LogContext::job);
  }

  /** The part that this thread works on has a job of that id. */
  public static void job(String id) {
    MDC.put(JOB, id);
  }
}
