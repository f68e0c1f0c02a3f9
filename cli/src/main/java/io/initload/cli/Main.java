package io.initload.cli;

import io.initload.Failure;
import io.initload.Times;
import io.initload.cli.command.MigrationCommand;
import io.initload.cli.shell.ExitCode;
import io.initload.cli.shell.Fatal;
import io.initload.cli.shell.Termination;
import io.initload.cli.shell.Wiring;
import io.initload.cli.task.TaskCommand;
import io.initload.cli.task.TaskLog;
import io.initload.cli.text.Console;
import io.initload.cli.text.Volume;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.UnmatchedArgumentException;

/** The {@code initload} command. */
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    boolean task = arguments.length > 0 && arguments[0].equals("task");
    if (task) {
      TaskLog.configure();
    }
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
    Termination termination = task ? TaskCommand.termination() : Termination.install();
    int code = run(arguments, out, err, termination);
    termination.exit(code);
  }

  /**
   * Runs one command as if from a shell, but without ending the process.
   *
   * @return the exit code of docs/architecture.md, "Exit codes"
   */
  public static int run(
      String[] arguments, PrintStream out, PrintStream err, Termination termination) {
    CommandLine line =
        InitloadCommand.line(List.of(arguments), new Wiring(out, err, termination))
            .setOut(writer(out))
            .setErr(writer(err))
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setParameterExceptionHandler((e, a) -> usage(e, err))
            .setExecutionExceptionHandler((e, l, r) -> failure(e, l, out, err));
    line.setExecutionStrategy(Main::run);
    try {
      return line.execute(arguments);
    } catch (Error e) {
      // Nothing of ours catches it on its way: what was open is closed by now.
      Failure failure = Fatal.failure(e);
      new Console(out, err, false, Volume.NORMAL, Times.ofUser()).failure(failure);
      return failure.kind().exitCode();
    }
  }

  /** Help that is asked for a command that does not exist is a mistake, not the general help. */
  private static int run(ParseResult parsed) {
    for (CommandLine line : parsed.asCommandLineList()) {
      List<String> unknown = line.getParseResult().unmatched();
      if (!unknown.isEmpty()) {
        throw new UnmatchedArgumentException(line, unknown);
      }
    }
    return new RunLast().execute(parsed);
  }

  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(stream, true, StandardCharsets.UTF_8);
  }

  private static int usage(ParameterException e, PrintStream err) {
    if (e.getCommandLine().getCommand() instanceof TaskCommand task) {
      return task.misused(e);
    }
    StringWriter suggestions = new StringWriter();
    UnmatchedArgumentException.printSuggestions(e, new PrintWriter(suggestions));
    String message = e.getMessage() + "\n" + suggestions;
    new Console(err, err, false, Volume.NORMAL, Times.ofUser())
        .misuse(message.strip(), "initload " + path(e.getCommandLine()) + "--help");
    return ExitCode.USAGE.code();
  }

  private static String path(CommandLine line) {
    String name = line.getCommandSpec().qualifiedName(" ");
    return name.equals("initload") ? "" : name.substring("initload ".length()) + " ";
  }

  private static int failure(Exception e, CommandLine line, PrintStream out, PrintStream err) {
    boolean json = line.getCommand() instanceof MigrationCommand command && command.json();
    Console console = new Console(out, err, json, Volume.NORMAL, Times.ofUser());
    if (e instanceof Failure failure) {
      console.failure(failure);
      return failure.kind().exitCode();
    }
    if (e instanceof InterruptedException) {
      return ExitCode.INTERRUPTED.code();
    }
    console.bug(
        e, "this is a fault of initload itself; what is loaded is booked, please report it");
    return ExitCode.FAILED.code();
  }
}
