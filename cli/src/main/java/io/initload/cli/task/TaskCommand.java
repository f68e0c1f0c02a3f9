package io.initload.cli.task;

import static net.logstash.logback.argument.StructuredArguments.kv;

import io.initload.Failure;
import io.initload.cli.shell.ExitCode;
import io.initload.cli.shell.Fatal;
import io.initload.cli.shell.Termination;
import io.initload.cli.shell.Wiring;
import io.initload.cli.text.Console;
import io.initload.cli.text.LogForm;
import io.initload.config.MigrationConfig;
import io.initload.config.read.ConfigFile;
import io.initload.config.read.TaskRequest;
import io.initload.source.Dialects;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

@Command(
    name = "task",
    mixinStandardHelpOptions = true,
    description = {
      "Runs one step for an orchestrator: request and result are files, logs are JSON lines.",
      "Example: initload task plan --request request.json --result result.json"
    })
public final class TaskCommand implements Callable<Integer> {
  private static final Logger LOG = LoggerFactory.getLogger(TaskCommand.class);

  /** An orchestrator kills a process that is not gone some seconds after its signal. */
  private static final Duration END = Duration.ofSeconds(2);

  private static final Duration PARENT_LOOK = Duration.ofMillis(500);

  private final Wiring wiring;

  @Parameters(
      paramLabel = "STEP",
      description = "preflight, plan, move, collect, finish, summarise, reconcile or cleanup.")
  private TaskStep step = TaskStep.PREFLIGHT;

  @Option(names = "--request", required = true, paramLabel = "FILE", description = "What to do.")
  private Path request = Path.of("");

  @Option(
      names = "--result",
      required = true,
      paramLabel = "FILE",
      description = "Where the result goes.")
  private Path result = Path.of("");

  public TaskCommand(Wiring wiring) {
    this.wiring = wiring;
  }

  /** From the first moment on: what is opened first may be what does not answer. */
  public static Termination termination() {
    return Termination.install(END, () -> LOG.warn("the step did not stop in time; it is ended"));
  }

  @Override
  public Integer call() {
    var watch = watchParent();
    try {
      return watched();
    } finally {
      watch.shutdownNow();
    }
  }

  private int watched() {
    LogForm.field("step", Console.name(step));
    int code;
    try {
      ResultFile file = new ResultFile(result, step);
      code = run(file);
      if (wiring.termination().stop().requested() && code != ExitCode.DONE.code()) {
        return ExitCode.INTERRUPTED.code();
      }
      file.write();
    } catch (Failure e) {
      tell(e);
      return e.kind().exitCode();
    }
    LOG.info("{} ended with exit code {}", Console.name(step), code, kv("exitCode", code));
    return code;
  }

  private int run(ResultFile file) {
    try {
      TaskRequest asked = TaskRequest.read(request);
      asked.table().ifPresent(t -> LogForm.field("table", t));
      asked.chunk().ifPresent(c -> LogForm.field("chunk", Long.toString(c)));
      MigrationConfig read =
          ConfigFile.read(asked.config(), System.getenv(), Dialects.ALL, needed(asked));
      MigrationConfig named = asked.migration().map(read::named).orElse(read);
      MigrationConfig config = asked.trial().map(named::tried).orElse(named);
      LogForm.field("migration", config.name());
      return new StepNotices(config, asked, step)
          .run(new TaskSteps(config, asked, file), wiring.termination());
    } catch (Failure e) {
      file.failed(e);
      tell(e);
      return e.kind().exitCode();
    } catch (InterruptedException e) {
      return ExitCode.INTERRUPTED.code();
    } catch (Error e) {
      Failure failure = Fatal.failure(e);
      file.failed(failure);
      tell(failure);
      return failure.kind().exitCode();
    } catch (RuntimeException e) {
      LOG.error("a fault of initload itself; what is loaded is booked, please report it", e);
      file.failed(
          new Failure(
              Failure.Kind.FAILED, "BUG", String.valueOf(e), "Please report it with the log."));
      return ExitCode.FAILED.code();
    }
  }

  /** Another table's wrong entry keeps no step over this one from its work. */
  private Predicate<String> needed(TaskRequest asked) {
    return asked
        .table()
        .<Predicate<String>>map(table -> table::equals)
        .orElse(table -> !TaskSteps.byLedgerAlone(step, asked));
  }

  private static void tell(Failure e) {
    LogForm.tell(e.code(), String.valueOf(e.getMessage()), e.remedy());
  }

  /** The command line itself is wrong. */
  public int misused(ParameterException e) {
    LogForm.tell("USAGE", String.valueOf(e.getMessage()), "initload task --help");
    return ExitCode.USAGE.code();
  }

  /** Ends the process when the one that started it is gone: nobody would read the result. */
  private static ScheduledExecutorService watchParent() {
    Optional<Long> parent = parent();
    ScheduledExecutorService watch =
        Executors.newSingleThreadScheduledExecutor(
            r -> {
              Thread thread = new Thread(r, "parent-watch");
              thread.setDaemon(true);
              return thread;
            });
    var unused =
        watch.scheduleWithFixedDelay(
            () -> {
              if (!parent().equals(parent)) {
                LOG.warn("the process that started this step is gone");
                Termination.signal();
              }
            },
            PARENT_LOOK.toMillis(),
            PARENT_LOOK.toMillis(),
            TimeUnit.MILLISECONDS);
    return watch;
  }

  private static Optional<Long> parent() {
    return ProcessHandle.current().parent().map(ProcessHandle::pid);
  }
}
