package io.initload.cli;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * The command as a process of its own, in the 256 MB heap that it is made for; for signals and
 * crashes. Killed on close when it still runs.
 */
public final class Launched implements AutoCloseable {
  /** Far more than any test needs on a busy machine; only there so that a hang is told. */
  private static final long PATIENCE_SECONDS = 300;

  /** What a process ignores its children ignore too, and tests run in the background ignore INT. */
  private static final List<String> HEARING = List.of("env", "--default-signal=INT");

  private final Process process;
  private final Path out;
  private final Path err;

  private Launched(Process process, Path out, Path err) {
    this.process = process;
    this.out = out;
    this.err = err;
  }

  public static Launched start(Path directory, String... arguments) {
    return start(directory, Map.of(), arguments);
  }

  public static Launched start(
      Path directory, Map<String, String> environment, String... arguments) {
    return start(directory, environment, command(arguments));
  }

  /** The words that start the command. */
  public static List<String> command(String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx256m", "-XX:+ExitOnOutOfMemoryError", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-Duser.timezone=UTC", "-Duser.language=en", "-Dfile.encoding=UTF-8"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(List.of(arguments));
    return command;
  }

  public static Launched start(
      Path directory, Map<String, String> environment, List<String> command) {
    try {
      Path out = Files.createTempFile(directory, "command-", ".out");
      Path err = Files.createTempFile(directory, "command-", ".err");
      List<String> words = new ArrayList<>(HEARING);
      words.addAll(command);
      ProcessBuilder builder = new ProcessBuilder(words).directory(directory.toFile());
      builder.environment().putAll(environment);
      builder.redirectInput(new File("/dev/null"));
      builder.redirectOutput(out.toFile()).redirectError(err.toFile());
      return new Launched(builder.start(), out, err);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start " + command, e);
    }
  }

  /** Sends a signal by its name, such as {@code INT}. */
  public void signal(String name) {
    try {
      // The shell's own: the program of that name is not on every machine.
      String kill = "kill -s " + name + " " + process.pid();
      int code = new ProcessBuilder("sh", "-c", kill).start().waitFor();
      if (code != 0) {
        throw new AssertionError("kill -" + name + " gave " + code + "; " + said());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** As {@code kill -9}; returns when the process is gone. */
  public void kill() {
    process.destroyForcibly();
    end();
  }

  /** Waits for the end. */
  public Shell.Result end() {
    try {
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new AssertionError("the command does not end; " + said());
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return new Shell.Result(process.exitValue(), text(out), text(err));
  }

  /** Waits for a whole line on stdout and answers it. */
  public String firstLine() {
    until(() -> text(out).contains("\n"));
    return text(out).lines().findFirst().orElseThrow();
  }

  /** Waits until something is so, while the process runs. */
  public void until(BooleanSupplier so) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!so.getAsBoolean()) {
      if (!process.isAlive()) {
        throw new AssertionError("the command ended too early; " + said());
      }
      if (System.nanoTime() > end) {
        throw new AssertionError("what was waited for did not come; " + said());
      }
      try {
        Thread.sleep(20);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /** The processes it started. */
  public List<ProcessHandle> children() {
    return process.children().toList();
  }

  public boolean runs() {
    return process.isAlive();
  }

  private String said() {
    return "stdout:\n" + text(out) + "\nstderr:\n" + text(err);
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    if (process.isAlive()) {
      kill();
    }
  }
}
