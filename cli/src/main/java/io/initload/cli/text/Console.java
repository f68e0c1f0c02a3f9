package io.initload.cli.text;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.initload.Failure;
import io.initload.Times;
import io.initload.mapping.Finding;
import io.initload.report.DocumentValues;
import java.io.PrintStream;
import java.util.Locale;
import java.util.Map;
import org.slf4j.LoggerFactory;

/**
 * Where a command speaks: for people on stdout, or with {@code --json} exactly one document on
 * stdout and everything else on stderr.
 *
 * @param json whether the reader is a program
 * @param volume how much is said beside the result
 * @param times how moments are told to people
 */
public record Console(PrintStream out, PrintStream err, boolean json, Volume volume, Times times) {
  private static final ObjectMapper LINES =
      new ObjectMapper().registerModule(DocumentValues.module());

  private static final ObjectMapper MAPPER =
      LINES.copy().enable(SerializationFeature.INDENT_OUTPUT);

  /**
   * A line for people; dropped when the reader is a program. What the org or the data say cannot
   * make two of it.
   */
  public void line(String text) {
    if (!json) {
      out.println(Printable.line(text));
    }
  }

  /** A table or another text of several lines, for people. */
  public void block(String text) {
    if (!json) {
      out.println(Printable.block(text));
    }
  }

  @SuppressWarnings("AnnotateFormatMethod") // would cost a dependency
  public void line(String format, Object... arguments) {
    line(format.formatted(arguments));
  }

  /** Something to know before the first row moves, for people. */
  public void finding(Finding finding) {
    line("%s %s %s: %s", finding.severity(), finding.code(), finding.where(), finding.message());
    line("  next: %s", finding.remedy());
  }

  /** How far things are, as an event; dropped where nobody wants to hear of it. */
  public void progress(String text) {
    if (volume != Volume.QUIET) {
      event(text);
    }
  }

  /**
   * The command that comes next, as it is typed; said last, and to people alone.
   *
   * @param command without the program's name, with its options
   */
  public void next(String command) {
    if (volume != Volume.QUIET) {
      line("%s", "next: initload " + command);
    }
  }

  /** Something on the way that both kinds of readers may want to see, but not as the result. */
  public void event(String text) {
    if (json && LogForm.isJson()) {
      LoggerFactory.getLogger(Console.class).info(text);
    } else {
      (json ? err : out).println(Printable.message(text));
    }
  }

  /** The one document of a command, when the reader is a program. */
  public void document(Object value) {
    if (json) {
      out.println(text(value));
    }
  }

  /** One of several documents, each on a line of its own, when the reader is a program. */
  public void record(Object value) {
    if (json) {
      out.println(compact(value));
    }
  }

  /** A value as a JSON document in one line. */
  public static String compact(Object value) {
    try {
      return LINES.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a record that cannot be written as JSON", e);
    }
  }

  /** A value as a JSON document. */
  public static String text(Object value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a result that cannot be written as JSON", e);
    }
  }

  /** A constant as command line and JSON name it. */
  public static String name(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** A value as the tree its document would show. */
  public static Map<String, Object> tree(Object value) {
    return MAPPER.convertValue(value, new TypeReference<Map<String, Object>>() {});
  }

  /** What is wrong with the command line, and where its help is. */
  public void misuse(String message, String help) {
    tell("USAGE", message, help);
  }

  /** A fault of ours, with all that helps to find it. */
  public void bug(Throwable fault, String remedy) {
    if (LogForm.isJson()) {
      LoggerFactory.getLogger(Console.class).error(remedy, fault);
      return;
    }
    err.println("error BUG: " + Printable.line(fault.toString()));
    err.print(Traces.of(fault));
    err.println("  next: " + remedy);
  }

  /** What stopped a part of the work, and what to do next; the command tells the rest. */
  public void stopped(Failure failure) {
    event("stopped " + failure.code() + ": " + failure.getMessage());
    event(
        "  next: " + (json && LogForm.isJson() ? failure.remedy() : times.local(failure.remedy())));
  }

  /** An expected failure: what, in which state, and what to do next. */
  public void failure(Failure failure) {
    if (json) {
      document(Map.of("error", FailureJson.json(failure), "exitCode", failure.kind().exitCode()));
    }
    tell(failure.code(), String.valueOf(failure.getMessage()), failure.remedy());
  }

  private void tell(String code, String message, String remedy) {
    if (LogForm.isJson()) {
      LogForm.tell(code, message, remedy);
      return;
    }
    err.println(Printable.message("error " + code + ": " + message));
    err.println("  next: " + Printable.line(times.local(remedy)));
  }
}
