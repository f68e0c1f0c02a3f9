package io.initload.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.initload.cli.shell.Termination;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * The command line as a shell runs it, but inside this process: one command at a time, with
 * everything it says kept, logs included.
 */
public final class Shell {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Shell() {}

  /** What a command left behind. */
  public record Result(int code, String out, String err) {
    /** Fails with everything the command said unless it ended as expected. */
    public Result exits(int expected) {
      assertThat(code).as("exit code%nstdout:%n%s%nstderr:%n%s", out, err).isEqualTo(expected);
      return this;
    }

    /** The one document on stdout; anything else there is a fault. */
    public JsonNode json() {
      try (JsonParser parser = JSON.createParser(out)) {
        JsonNode document = JSON.readTree(parser);
        assertThat(document).as("stdout is no JSON document: %s", out).isNotNull();
        assertThat(parser.nextToken()).as("more than one document on stdout: %s", out).isNull();
        return document;
      } catch (IOException e) {
        throw new AssertionError("stdout is not one JSON document:\n" + out, e);
      }
    }
  }

  public static Result run(String... arguments) {
    return run(Termination.none(), arguments);
  }

  /** Logs go to {@code System.err}, so that is borrowed for the while. */
  public static synchronized Result run(Termination termination, String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    PrintStream processErr = System.err;
    try (PrintStream outStream = new PrintStream(out, true, StandardCharsets.UTF_8);
        PrintStream errStream = new PrintStream(err, true, StandardCharsets.UTF_8)) {
      System.setErr(errStream);
      int code = Main.run(arguments, outStream, errStream, termination);
      return new Result(
          code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    } finally {
      System.setErr(processErr);
    }
  }

  public static JsonNode parse(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(text, e);
    }
  }
}
