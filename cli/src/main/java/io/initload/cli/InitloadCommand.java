package io.initload.cli;

import io.initload.Tool;
import io.initload.cli.bundle.BundleCommand;
import io.initload.cli.command.AuditCommand;
import io.initload.cli.command.CompletionCommand;
import io.initload.cli.command.DescribeCommand;
import io.initload.cli.command.DoctorCommand;
import io.initload.cli.command.ExportKeysCommand;
import io.initload.cli.command.PlanCommand;
import io.initload.cli.command.ReconcileCommand;
import io.initload.cli.command.ReportCommand;
import io.initload.cli.command.RunCommand;
import io.initload.cli.command.SimulatorCommand;
import io.initload.cli.command.StatusCommand;
import io.initload.cli.command.TraceCommand;
import io.initload.cli.command.UndoCommand;
import io.initload.cli.command.ValidateCommand;
import io.initload.cli.console.ConsoleCommand;
import io.initload.cli.deadletters.DeadLettersCommand;
import io.initload.cli.demo.DemoCommand;
import io.initload.cli.init.InitCommand;
import io.initload.cli.shell.Wiring;
import io.initload.cli.task.TaskCommand;
import io.initload.cli.wish.AbortCommand;
import io.initload.cli.wish.ForgetCommand;
import io.initload.cli.wish.PauseCommand;
import io.initload.cli.wish.ResetCommand;
import io.initload.cli.wish.ResumeCommand;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The root: names the commands. */
@Command(
    name = "initload",
    description = {
      "Moves the history of an Oracle database into Salesforce, once, completely, and proves it.",
      ""
    },
    mixinStandardHelpOptions = true,
    version = Tool.NAME + " " + Tool.VERSION,
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "Exit codes: 0 done, 1 usage or configuration, 2 platform or network, 3 failed, 4 finished"
          + " with dead letters, 5 interrupted (resumable), 6 reconciliation mismatch, 75 transient"
          + " (try again), 76 quota exhausted (resume at the printed time).",
      "",
      "Begin with:  initload demo"
    })
final class InitloadCommand implements Runnable {
  private static final List<Class<?>> COMMANDS =
      List.of(
          InitCommand.class,
          ValidateCommand.class,
          DoctorCommand.class,
          PlanCommand.class,
          RunCommand.class,
          StatusCommand.class,
          PauseCommand.class,
          ResumeCommand.class,
          AbortCommand.class,
          ResetCommand.class,
          ForgetCommand.class,
          ConsoleCommand.class,
          ReconcileCommand.class,
          ReportCommand.class,
          DeadLettersCommand.class,
          AuditCommand.class,
          BundleCommand.class,
          TraceCommand.class,
          ExportKeysCommand.class,
          UndoCommand.class,
          DescribeCommand.class,
          SimulatorCommand.class,
          DemoCommand.class,
          TaskCommand.class,
          CompletionCommand.class);

  @Spec private CommandSpec spec = CommandSpec.create();

  /**
   * The command line for these arguments. A command that they do not name is there by its name and
   * description alone: reading the options of all of them is most of the time that a start takes.
   * What a shell is to complete is made of all of them.
   */
  static CommandLine line(List<String> arguments, Wiring wiring) {
    CommandLine root = new CommandLine(InitloadCommand.class, wiring);
    boolean all = arguments.contains(CompletionCommand.NAME);
    for (Class<?> type : COMMANDS) {
      Command command = type.getAnnotation(Command.class);
      Object sub = all || arguments.contains(command.name()) ? type : named(command);
      root.addSubcommand(command.name(), new CommandLine(sub, wiring));
    }
    return root;
  }

  private static CommandSpec named(Command command) {
    CommandSpec spec = CommandSpec.create().name(command.name());
    spec.usageMessage().description(command.description());
    return spec;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is missing");
  }
}
