package io.initload.cli.task;

import io.initload.cli.text.LogForm;
import org.slf4j.LoggerFactory;

/** The log of a step: one JSON object a line, and nothing else. */
public final class TaskLog {
  private TaskLog() {}

  /** Chooses the form of all logs; before the first logger is made. */
  public static void configure() {
    LogForm.json();
    Thread.setDefaultUncaughtExceptionHandler(
        (thread, e) ->
            LoggerFactory.getLogger(TaskLog.class).error("thread " + thread.getName(), e));
  }
}
