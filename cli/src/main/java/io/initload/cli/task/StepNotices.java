package io.initload.cli.task;

import io.initload.Failure;
import io.initload.TryLater;
import io.initload.cli.notify.Notifier;
import io.initload.cli.shell.ExitCode;
import io.initload.cli.shell.Termination;
import io.initload.config.MigrationConfig;
import io.initload.config.read.TaskRequest;
import java.time.Clock;
import java.util.EnumSet;
import java.util.Set;

/**
 * What people are told of a step: what a run would tell, as far as the step goes. That something
 * passes is for the orchestrator, which tries again; the end of the whole is told by the steps that
 * are of no table.
 */
final class StepNotices {
  /** What neither moves nor judges rows. */
  private static final Set<TaskStep> SILENT = EnumSet.of(TaskStep.PREFLIGHT, TaskStep.CLEANUP);

  private static final String MISMATCH = "MISMATCH";

  private final MigrationConfig config;
  private final TaskRequest request;
  private final TaskStep step;

  StepNotices(MigrationConfig config, TaskRequest request, TaskStep step) {
    this.config = config;
    this.request = request;
    this.step = step;
  }

  /** Runs the step, and says what came of it. */
  int run(TaskSteps steps, Termination termination) throws InterruptedException {
    if (SILENT.contains(step)) {
      return steps.run(step, termination);
    }
    try (Notifier notifier = Notifier.of(config, Clock.systemUTC())) {
      if (step == TaskStep.PLAN) {
        notifier.begin();
      }
      try {
        int code = steps.run(step, termination);
        notifier.look(this::mine);
        if (step == TaskStep.RECONCILE) {
          proved(notifier, code);
        }
        return code;
      } catch (Failure e) {
        notifier.look(this::mine);
        failed(notifier, e);
        throw e;
      }
    }
  }

  private boolean whole() {
    return request.table().isEmpty() && request.phase().isEmpty();
  }

  /** Whether a pass is of the tables that the step is about. */
  private boolean mine(String pass) {
    return request
        .table()
        .map(table -> pass.equals(table) || pass.startsWith(table + ":"))
        .orElse(true);
  }

  private void proved(Notifier notifier, int code) {
    if (code == ExitCode.MISMATCH.code()) {
      stopped(notifier, MISMATCH);
    } else if (code == ExitCode.DONE.code() && whole()) {
      notifier.done();
    }
  }

  private void stopped(Notifier notifier, String code) {
    request.table().ifPresent(table -> notifier.stopped(table, code));
    if (whole()) {
      notifier.ended(code);
    }
  }

  private void failed(Notifier notifier, Failure e) {
    switch (e.kind()) {
      case QUOTA -> {
        if (e instanceof TryLater later && e.code().equals("QUOTA_EXHAUSTED")) {
          notifier.quota(later.at());
        }
      }
      case CONFIGURATION, FAILED -> stopped(notifier, e.code());
      case PLATFORM, TRANSIENT -> {}
    }
  }
}
